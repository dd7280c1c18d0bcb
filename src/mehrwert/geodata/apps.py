"""Registers the room with Django."""

from django.apps import AppConfig


class GeodataConfig(AppConfig):
    """Room ``geodata``."""

    name = "mehrwert.geodata"
    default_auto_field = "django.db.models.BigAutoField"
