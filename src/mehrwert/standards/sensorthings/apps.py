"""Registers the room with Django."""

from django.apps import AppConfig


class SensorThingsConfig(AppConfig):
    """Room ``standards.sensorthings``."""

    name = "mehrwert.standards.sensorthings"
    label = "sensorthings"
    verbose_name = "SensorThings"

    def ready(self) -> None:
        """Let Django know the room's checks."""
        from mehrwert.standards.sensorthings import checks  # noqa: F401
