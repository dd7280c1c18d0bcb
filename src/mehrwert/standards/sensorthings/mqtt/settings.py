"""The broker of this installation, from the options."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings

from mehrwert.base.mqtt import Broker, broker_at
from mehrwert.base.secrets_file import read_or_create_secret

SERVER_USER = "mehrwert"
REQUIREMENTS = "http://www.opengis.net/spec/iot_sensing/1.1/req"
CREATION = f"{REQUIREMENTS}/create-observations-via-mqtt/observations-creation"
UPDATES = f"{REQUIREMENTS}/receive-updates-via-mqtt/receive-updates"


@dataclass(frozen=True, slots=True)
class Ports:
    """Listeners of the broker: for subscribers, for pages, for this server, for publishers.

    The listener of a municipality is ``create`` plus its number.
    """

    read: int
    websocket: int
    server: int
    create: int


def is_on() -> bool:
    """Say whether a broker is set up."""
    return bool(settings.MEHRWERT.mqtt_broker)


def broker() -> Broker:
    """Return the broker as this server signs in; a check has looked at the address."""
    return broker_of(settings.MEHRWERT.mqtt_broker, server_password())


def broker_of(address: str, password: str = "") -> Broker:
    """Return the broker at an address.

    Raises:
        ValueError: It has another form than ``mqtt://host:port``.
    """
    return broker_at(address, SERVER_USER, password)


def server_password() -> str:
    """Return the password of this server at the broker; without the option made on first use."""
    return settings.MEHRWERT.mqtt_password or read_or_create_secret(settings.DATA_DIR / "mqtt.key")


def ports() -> Ports:
    """Return the ports of the listeners that ``mehrwert mqtt_config`` writes."""
    options = settings.MEHRWERT
    address = options.mqtt_broker or "mqtt://127.0.0.1:1884"
    server = broker_of(address).port
    return Ports(
        options.mqtt_read_port, options.mqtt_websocket_port, server, options.mqtt_create_port
    )


def root_of(slug: str) -> str:
    """Return the address under which the links of messages begin."""
    public = settings.MEHRWERT.public_url.rstrip("/") or "http://localhost"
    return f"{public}/sta/{slug}/v1.1"


def endpoints(tenant_id: int) -> dict[str, dict[str, list[str]]]:
    """Return what the root document says about MQTT; empty without a broker."""
    if not is_on():
        return {}
    host = urlsplit(settings.MEHRWERT.public_url).hostname or "localhost"
    open_ports = ports()
    reading = [f"mqtt://{host}:{open_ports.read}"]
    if settings.MEHRWERT.public_url.startswith("https://"):
        reading.append(f"wss://{host}/mqtt")
    return {
        CREATION: {"endpoints": [f"mqtt://{host}:{open_ports.create + tenant_id}"]},
        UPDATES: {"endpoints": reading},
    }
