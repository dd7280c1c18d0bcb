"""Registers the room with Django."""

from django.apps import AppConfig


class SoftwareCatalogConfig(AppConfig):
    """Room ``standards.software_catalog``."""

    name = "mehrwert.standards.software_catalog"
    label = "software_catalog"
    verbose_name = "Software Catalog API"
    default_auto_field = "django.db.models.BigAutoField"
