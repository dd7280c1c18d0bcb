"""Registers the room with Django."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """Room ``evidence``."""

    name = "mehrwert.evidence"
    default_auto_field = "django.db.models.BigAutoField"
