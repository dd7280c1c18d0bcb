"""Registers the room with Django."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    """Room ``catalogue``."""

    name = "mehrwert.catalogue"
    label = "catalogue"
    verbose_name = "Lösungen"
    default_auto_field = "django.db.models.BigAutoField"
