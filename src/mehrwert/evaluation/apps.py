"""Registers the room with Django."""

from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    """Room ``evaluation``."""

    name = "mehrwert.evaluation"
    default_auto_field = "django.db.models.BigAutoField"
