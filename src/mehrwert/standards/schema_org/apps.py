"""Registers the room with Django."""

from django.apps import AppConfig


class SchemaOrgConfig(AppConfig):
    """Room ``standards.schema_org``."""

    name = "mehrwert.standards.schema_org"
    label = "schema_org"
    verbose_name = "schema.org"
    default_auto_field = "django.db.models.BigAutoField"
