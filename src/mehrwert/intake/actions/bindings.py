"""Sources that connectors keep: what reads their messages, how they fare, paused and gone on."""

from collections.abc import Callable
from typing import Any

from django.db import transaction

from mehrwert.base.actions import record_audit
from mehrwert.base.actor import Actor
from mehrwert.base.errors import MehrwertError
from mehrwert.base.wakeup import wake
from mehrwert.intake.choices import CodecOrigin, DeviceState
from mehrwert.intake.models import Codec, Device, Source
from mehrwert.intake.rules.extraction import extraction_of
from mehrwert.observations.actions import release_messages, rename_messages
from mehrwert.observations.choices import MessageState
from mehrwert.observations.queries import list_messages, read_bodies

from .bound import adopt_bound
from .codecs import save_codec
from .sources import BELL, create_source

MOST_RENAMED = 2000
UNCHANGED: Any = object()


def create_bound_source(*, kind: str, name: str, retention_days: int, actor: Actor) -> Source:
    """Make a source whose messages a connector fetches; no secret opens it from outside."""
    with transaction.atomic():
        row, _ = create_source(kind=kind, name=name, retention_days=retention_days, actor=actor)
        Source.objects.filter(pk=row.pk).update(has_binding=True)
        row.has_binding = True
    return row


def set_binding(source: Source, description: dict[str, Any], *, actor: Actor) -> Codec:
    """Say how the messages of a source are read from now on; what waited is read at once.

    Args:
        source: One with a binding.
        description: ``values`` (field, at, topic, words), ``measures`` (field, name, unit, symbol,
            aggregation), ``time``, ``items``, ``interval_s``, ``protection``.
        actor: Who says so.
    """
    extraction_of(description)
    codec = save_codec(
        f"binding-{source.pk}",
        name=source.name,
        script="",
        description=description,
        examples=[],
        actor=actor,
        origin=CodecOrigin.BINDING,
    )
    Source.objects.filter(pk=source.pk).update(codec=codec)
    source.codec = codec
    waiting = Device.objects.filter(source=source, state=DeviceState.UNKNOWN.value)
    for device in adopt_bound(source.tenant_id, waiting.select_related("source__codec")):
        release_messages(source.tenant_id, device.device_key, (MessageState.WAITING,))
    wake(BELL)
    return codec


def rename_waiting(
    source: Source, device_of: Callable[[dict[str, Any], str], tuple[str, str]]
) -> None:
    """Give messages that were only recorded to other devices, as a changed binding says.

    Args:
        source: One with a binding that nothing was read by yet.
        device_of: From envelope and body of a message to key and name of its device.
    """
    rows = list_messages(source.tenant_id, source_id=source.pk, limit=MOST_RENAMED)
    waiting = [row for row in rows if row.state is MessageState.WAITING]
    bodies = read_bodies([row.id for row in waiting]) if waiting else {}
    changed = []
    for row in waiting:
        key, name = device_of(row.envelope, bodies[row.id])
        changed.append((row.id, key, {**row.envelope, "hint": name}))
    Device.objects.filter(source=source, state=DeviceState.UNKNOWN.value).delete()
    rename_messages(changed)


def pause_source(source: Source, *, paused: bool, actor: Actor) -> None:
    """Let a connector rest, or go on."""
    with transaction.atomic():
        source.is_paused = paused
        source.trouble = {}
        source.save(update_fields=["is_paused", "trouble"])
        record_audit(
            actor=actor,
            verb="stop" if paused else "update",
            kind="source",
            object_id=source.pk,
            label=source.name,
            after={"is_paused": paused},
            tenant_id=source.tenant_id,
        )


def note_source(
    source_id: int,
    *,
    ok_us: int | None = None,
    next_us: int | None = UNCHANGED,
    error: MehrwertError | None = None,
) -> None:
    """Write down how a connector fares, in any scope; without ``error`` it fares well."""
    values: dict[str, Any] = {"trouble": told_error(error)}
    if ok_us is not None:
        values["ok_us"] = ok_us
    if next_us is not UNCHANGED:
        values["next_us"] = next_us
    Source._base_manager.filter(pk=source_id).update(**values)


def told_error(error: MehrwertError | None) -> dict[str, Any]:
    """Return an error as a page can say it later in the language of its reader."""
    if error is None:
        return {}
    return {"sentence": error.sentence, "data": {k: str(v) for k, v in error.data.items()}}
