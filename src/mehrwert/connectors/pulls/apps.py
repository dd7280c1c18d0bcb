"""Registers the room with Django."""

from django.apps import AppConfig


class PullsConfig(AppConfig):
    """Room ``connectors.pulls``."""

    name = "mehrwert.connectors.pulls"
    label = "pulls"
    verbose_name = "Abrufe"
    default_auto_field = "django.db.models.BigAutoField"
