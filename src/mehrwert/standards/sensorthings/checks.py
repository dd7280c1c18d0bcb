"""Django checks of the room: an option of MQTT that cannot work is named before the start."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

from .mqtt.settings import broker_of


@register()
def check_mqtt(**_given: Any) -> list[CheckMessage]:
    """Look at the address of the broker and at the one that messages name."""
    options = settings.MEHRWERT
    if not options.mqtt_broker:
        return []
    try:
        broker_of(options.mqtt_broker)
    except ValueError:
        return [
            Error(
                f"MEHRWERT_MQTT_BROKER ist keine Adresse: „{options.mqtt_broker}“.",
                hint="Bitte so schreiben: mqtt://127.0.0.1:1884",
                id="sensorthings.E001",
            )
        ]
    if not options.public_url:
        return [
            Warning(
                "MEHRWERT_PUBLIC_URL ist leer: Die Links in MQTT-Nachrichten führen nirgendwohin.",
                hint="Bitte die Adresse eintragen, unter der Menschen die Installation sehen.",
                id="sensorthings.W001",
            )
        ]
    return []
