"""Registers the room with Django."""

from django.apps import AppConfig


class RepositoriesConfig(AppConfig):
    """Room ``connectors.repositories``."""

    name = "mehrwert.connectors.repositories"
    label = "repositories"
    verbose_name = "Repositories"
    default_auto_field = "django.db.models.BigAutoField"
