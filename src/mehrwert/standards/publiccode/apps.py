"""Registers the room with Django."""

from django.apps import AppConfig


class PubliccodeConfig(AppConfig):
    """Room ``standards.publiccode``."""

    name = "mehrwert.standards.publiccode"
    label = "publiccode"
    verbose_name = "publiccode.yml"
    default_auto_field = "django.db.models.BigAutoField"
