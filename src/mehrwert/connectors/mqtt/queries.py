"""Everything that reads in the room."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from mehrwert.base.mqtt import Broker, broker_at
from mehrwert.base.outgoing import check_host
from mehrwert.base.secrets_file import unseal
from mehrwert.connectors.mqtt.errors import SealedElsewhereError
from mehrwert.connectors.mqtt.models import Binding


@dataclass(frozen=True, slots=True)
class Wanted:
    """One connection that should exist; equal ones are the same connection.

    ``topics`` is empty when the binding has ended and only its ``unwanted`` topics are left to be
    taken back at the broker.
    """

    binding_id: int
    tenant_id: int
    source_id: int
    name: str
    address: str
    username: str
    sealed_password: str
    client_id: str
    topics: tuple[str, ...]
    changed_us: int
    unwanted: tuple[str, ...] = field(compare=False)


def list_wanted() -> list[Wanted]:
    """Return the connections of all municipalities that should exist now."""
    rows = Binding._base_manager.select_related("source").order_by("pk")
    return [_wanted(row) for row in rows if _is_wanted(row)]


def _is_wanted(row: Binding) -> bool:
    if row.source.ended_us:
        return bool(row.subscribed)
    return not row.source.is_paused


def _wanted(row: Binding) -> Wanted:
    topics: Sequence[str] = () if row.source.ended_us else row.definition["topics"]
    return Wanted(
        row.pk,
        row.tenant_id,
        row.source_id,
        str(row),
        str(row.definition["broker"]),
        row.username,
        row.sealed_password,
        row.client_id,
        tuple(topics),
        row.changed_us,
        tuple(topic for topic in row.subscribed if topic not in topics),
    )


def read_definition(binding_id: int) -> dict[str, Any]:
    """Return the binding file of a connection, whatever municipality it is of."""
    definition: dict[str, Any] = Binding._base_manager.get(pk=binding_id).definition
    return definition


def read_broker(wanted: Wanted) -> Broker:
    """Return where to connect, with the password, after asking whether that is allowed.

    Raises:
        HostNotAllowedError, HostUnknownError, PrivateAddressError: See ``base.outgoing``.
        SealedElsewhereError: The password cannot be read with the key file of this installation.
    """
    try:
        sealed = wanted.sealed_password
        password = unseal(sealed, settings.DATA_DIR) if sealed else ""
    except ValueError as error:
        raise SealedElsewhereError from error
    broker = broker_at(wanted.address, wanted.username, password)
    target = check_host(broker.host, broker.port)
    return Broker(
        broker.host, broker.port, broker.is_tls, broker.user, broker.password, target.address
    )
