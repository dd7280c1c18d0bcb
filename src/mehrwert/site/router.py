"""Which database a room's tables live in: ``observations`` has one of its own."""

from typing import Any

from django.conf import settings
from django.db.models import Model

ROOM_WITH_OWN_DATABASE = "observations"


class RoomRouter:
    """Sends the room ``observations`` to its alias, everything else to ``default``."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str:
        """Return the alias for reading."""
        return _alias(model._meta.app_label)

    def db_for_write(self, model: type[Model], **hints: Any) -> str:
        """Return the alias for writing."""
        return _alias(model._meta.app_label)

    def allow_relation(self, left: Model, right: Model, **hints: Any) -> bool:
        """Forbid foreign keys that leave the room."""
        return _alias(left._meta.app_label) == _alias(right._meta.app_label)

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        """Create each table once: on PostgreSQL both aliases are one database."""
        if settings.ONE_DATABASE:
            return db == "default"
        return db == _alias(app_label)


def _alias(app_label: str) -> str:
    return ROOM_WITH_OWN_DATABASE if app_label == ROOM_WITH_OWN_DATABASE else "default"
