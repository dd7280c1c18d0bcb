"""Registers the room with Django."""

from django.apps import AppConfig


class StartersConfig(AppConfig):
    """Room ``starters``."""

    name = "mehrwert.starters"
    label = "starters"
    verbose_name = "Pakete"
    default_auto_field = "django.db.models.BigAutoField"
