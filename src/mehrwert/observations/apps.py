"""Registers the room with Django."""

from django.apps import AppConfig


class ObservationsConfig(AppConfig):
    """Room ``observations``."""

    name = "mehrwert.observations"
    label = "observations"
    verbose_name = "Messwerte"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let connections to SQLite know the functions of conditions."""
        from mehrwert.observations.selects.sql.engine import register
        from mehrwert.observations.stores.sqlite.store import ON_CONNECT

        if register not in ON_CONNECT:
            ON_CONNECT.append(register)
