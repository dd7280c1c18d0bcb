"""Registers the room with Django."""

from django.apps import AppConfig


class MqttConfig(AppConfig):
    """Room ``connectors.mqtt``."""

    name = "mehrwert.connectors.mqtt"
    label = "mqtt"
    verbose_name = "MQTT"
    default_auto_field = "django.db.models.BigAutoField"
