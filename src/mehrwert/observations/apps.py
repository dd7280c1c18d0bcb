"""Registers the room with Django."""

from django.apps import AppConfig


class ObservationsConfig(AppConfig):
    """Room ``observations``."""

    name = "mehrwert.observations"
    label = "observations"
    verbose_name = "Messwerte"
    default_auto_field = "django.db.models.BigAutoField"
