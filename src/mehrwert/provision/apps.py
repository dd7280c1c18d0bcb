"""Registers the room with Django."""

from django.apps import AppConfig


class ProvisionConfig(AppConfig):
    """Room ``provision``."""

    name = "mehrwert.provision"
    verbose_name = "Grundversorgung"
    default_auto_field = "django.db.models.BigAutoField"
