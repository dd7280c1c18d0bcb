"""Registers the room with Django."""

from django.apps import AppConfig


class BaseConfig(AppConfig):
    """Room ``base``."""

    name = "mehrwert.base"
    label = "base"
    verbose_name = "Fundament"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the checks of the options."""
        from mehrwert.base import checks  # noqa: F401
