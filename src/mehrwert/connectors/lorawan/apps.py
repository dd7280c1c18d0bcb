"""Registers the room with Django."""

from django.apps import AppConfig


class LorawanConfig(AppConfig):
    """Room ``connectors.lorawan``."""

    name = "mehrwert.connectors.lorawan"
    label = "lorawan"
    verbose_name = "LoRaWAN"
