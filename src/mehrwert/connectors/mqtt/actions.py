"""Everything that changes something in the room."""

import secrets
from dataclasses import dataclass
from functools import partial
from typing import Any

import msgspec
from django.conf import settings
from django.db import transaction

from mehrwert.base.actions import record_audit
from mehrwert.base.actor import Actor
from mehrwert.base.clock import now_us
from mehrwert.base.errors import MehrwertError
from mehrwert.base.mqtt import Incoming
from mehrwert.base.outgoing import check_host
from mehrwert.base.secrets_file import seal
from mehrwert.base.tenant import current_tenant_id
from mehrwert.base.wakeup import wake
from mehrwert.base.wiring import call, table
from mehrwert.connectors.mqtt.models import Binding
from mehrwert.connectors.mqtt.rules.definition import (
    LORAWAN,
    broker_host,
    check_definition,
    description_of,
)
from mehrwert.connectors.mqtt.rules.receiving import digest, receive
from mehrwert.intake.actions import (
    create_bound_source,
    create_source,
    end_source,
    note_source,
    pause_source,
    rename_source,
    rename_waiting,
    set_binding,
)
from mehrwert.observations.actions import NewMessage
from mehrwert.observations.choices import MessageState

BELL = "mqtt-bindings"
KIND = "mqtt"


@dataclass(frozen=True, slots=True)
class Login:
    """As whom to sign in; ``password`` None keeps the one there is."""

    username: str = ""
    password: str | None = None


def create_binding(
    definition: dict[str, Any],
    login: Login,
    *,
    retention_days: int,
    actor: Actor,
    paused: bool = False,
) -> Binding:
    """Make a binding; from now on it listens, unless it is to be paused: then nobody is asked.

    Raises:
        BindingError: The definition cannot be used.
        HostNotAllowedError, HostUnknownError, PrivateAddressError: The broker must not be asked.
    """
    checked = check_definition(definition)
    if not paused:
        check_host(*broker_host(checked))
    make = _unbound_source if checked["content"] == LORAWAN else create_bound_source
    with transaction.atomic():
        source = make(kind=KIND, name=checked["name"], retention_days=retention_days, actor=actor)
        row = Binding.objects.create(
            tenant_id=current_tenant_id(),
            source=source,
            definition=checked,
            username=login.username,
            sealed_password=_sealed(login, ""),
            client_id=f"mehrwert-{secrets.token_hex(8)}",
            changed_us=now_us(),
        )
        _audit(row, actor, "create")
        if paused:
            pause_source(source, paused=True, actor=actor)
    if checked.get("values"):
        set_binding(source, description_of(checked), actor=actor)
    wake(BELL)
    return row


def _unbound_source(**given: Any) -> Any:
    """Make a source of devices that get their type one by one; nobody learns its secret."""
    return create_source(**given)[0]


def change_binding(
    row: Binding,
    definition: dict[str, Any],
    *,
    login: Login | None = None,
    retention_days: int | None = None,
    actor: Actor,
) -> None:
    """Change what a binding asks for or how it reads; what waited is read at once.

    Raises:
        BindingError: The definition cannot be used, or is of another content.
        HostNotAllowedError, HostUnknownError, PrivateAddressError: The broker must not be asked.
    """
    content = row.definition["content"]
    checked = check_definition({**definition, "content": content})
    if checked["broker"] != row.definition["broker"]:
        check_host(*broker_host(checked))
    before = description_of(row.definition)
    with transaction.atomic():
        row.definition, row.changed_us = checked, now_us()
        if login is not None:
            row.username = login.username
            row.sealed_password = _sealed(login, row.sealed_password)
        row.save(update_fields=["definition", "changed_us", "username", "sealed_password"])
        days = retention_days or row.source.retention_days
        rename_source(row.source, name=checked["name"], retention_days=days, actor=actor)
        _audit(row, actor, "update")
    if row.source.codec is None:
        rename_waiting(row.source, partial(_device_in, checked, row.source_id))
    told = description_of(checked)
    if checked.get("values") and (told != before or row.source.codec is None):
        set_binding(row.source, told, actor=actor)
    wake(BELL)


def _device_in(
    definition: dict[str, Any], source_id: int, envelope: dict[str, Any], body: str
) -> tuple[str, str]:
    """Return (key, name) of the device of a message that was recorded under another rule."""
    found = receive(definition, source_id, str(envelope["topic"]), body, is_repeated=False)
    return found.device, found.hint


def end_binding(row: Binding, *, actor: Actor) -> None:
    """Listen no more and take back at the broker what was asked for; what came stays."""
    end_source(row.source, actor=actor)
    wake(BELL)


def note_connection(
    binding_id: int, source_id: int, topics: tuple[str, ...], error: MehrwertError | None
) -> None:
    """Write down that a connection stands, or why it does not."""
    if error is None:
        Binding._base_manager.filter(pk=binding_id).update(subscribed=list(topics))
        note_source(source_id, ok_us=now_us())
        if not topics:
            wake(BELL)
    else:
        note_source(source_id, error=error)


def read_message(definition: dict[str, Any], source_id: int, given: Incoming) -> NewMessage | None:
    """Return a message of a broker as the inbox keeps it; None when it says nothing new."""
    try:
        body = given.payload.decode()
    except UnicodeDecodeError:
        return _unreadable(given, f"hex:{given.payload.hex()}")
    if definition["content"] == LORAWAN:
        return _read_lorawan(given, body)
    if given.is_retained and not definition.get("time"):
        return None
    found = receive(definition, source_id, given.topic, body, is_repeated=given.is_repeated)
    envelope = {"topic": given.topic, "hint": found.hint}
    return NewMessage(
        message_key=found.key,
        device_key=found.device,
        body=body,
        envelope=msgspec.json.encode(envelope).decode(),
        window_us=found.window_us,
    )


def _read_lorawan(given: Incoming, body: str) -> NewMessage:
    """Let the connector of LoRaWAN read; ChirpStack says the event at the end of the topic."""
    reader = call(table("BINDING_READERS", {})[LORAWAN])
    try:
        found: NewMessage = reader(body.encode(), given.topic.rpartition("/")[2])
    except MehrwertError:
        return _unreadable(given, body)
    return found


def _unreadable(given: Incoming, body: str) -> NewMessage:
    envelope = msgspec.json.encode({"topic": given.topic}).decode()
    key = digest(f"{given.topic}\n{body}")
    return NewMessage(key, "", body, envelope, state=MessageState.FAILED, error="foreign:")


def _sealed(login: Login, before: str) -> str:
    if login.password is None:
        return before
    return seal(login.password, settings.DATA_DIR) if login.password else ""


def _audit(row: Binding, actor: Actor, verb: str) -> None:
    record_audit(
        actor=actor,
        verb=verb,
        kind="binding",
        object_id=row.source_id,
        label=str(row),
        after={"definition": row.definition, "username": row.username},
        tenant_id=row.tenant_id,
    )


def wake_service() -> None:
    """Let the service look at once what should be connected."""
    wake(BELL)
