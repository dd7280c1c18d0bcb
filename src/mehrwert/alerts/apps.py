"""Registers the room with Django."""

from django.apps import AppConfig


class AlertsConfig(AppConfig):
    """Room ``alerts``."""

    name = "mehrwert.alerts"
    verbose_name = "Meldungen"
    default_auto_field = "django.db.models.BigAutoField"
