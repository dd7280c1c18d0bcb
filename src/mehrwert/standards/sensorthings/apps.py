"""Registers the room with Django."""

from django.apps import AppConfig


class SensorThingsConfig(AppConfig):
    """Room ``standards.sensorthings``."""

    name = "mehrwert.standards.sensorthings"
    label = "sensorthings"
    verbose_name = "SensorThings"
