"""Registers the room with Django."""

from django.apps import AppConfig


class MunicipalitiesConfig(AppConfig):
    """Room ``municipalities``."""

    name = "mehrwert.municipalities"
    label = "municipalities"
    verbose_name = "Kommunen"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let Django know the room's checks."""
        from mehrwert.municipalities import checks  # noqa: F401
