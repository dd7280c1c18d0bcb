"""Registers the room with Django."""

from django.apps import AppConfig


class TableFilesConfig(AppConfig):
    """Room ``connectors.table_files``."""

    name = "mehrwert.connectors.table_files"
    label = "table_files"
    verbose_name = "Tabellen"
    default_auto_field = "django.db.models.BigAutoField"
