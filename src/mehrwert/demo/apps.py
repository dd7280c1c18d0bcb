"""Registers the room with Django."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Room ``demo``."""

    name = "mehrwert.demo"
    label = "demo"
    verbose_name = "Demo"
    default_auto_field = "django.db.models.BigAutoField"
