"""Registers the room with Django."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """Room ``intake``."""

    name = "mehrwert.intake"
    label = "intake"
    verbose_name = "Geräte"
    default_auto_field = "django.db.models.BigAutoField"
