"""Registers the room with Django."""

from django.apps import AppConfig


class BaseConfig(AppConfig):
    """Room ``base``."""

    name = "mehrwert.base"
    label = "base"
    verbose_name = "Fundament"
    default_auto_field = "django.db.models.BigAutoField"
