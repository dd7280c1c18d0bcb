"""Registers the room with Django."""

from django.apps import AppConfig


class DcatApConfig(AppConfig):
    """Room ``standards.dcat_ap``."""

    name = "mehrwert.standards.dcat_ap"
    label = "dcat_ap"
    verbose_name = "DCAT-AP.de"
    default_auto_field = "django.db.models.BigAutoField"
