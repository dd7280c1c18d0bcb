"""From raw messages to readings, in batches: decode, store and settle in one transaction."""

import logging
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from mehrwert.base.actor import Actor
from mehrwert.base.errors import MehrwertError, UnavailableError
from mehrwert.base.tenant import tenant_scope
from mehrwert.intake.choices import CodecOrigin, CodecState, DeviceState
from mehrwert.intake.codecs import STOPPED, Call, Outcome, Trouble, shared_sandbox
from mehrwert.intake.models import Codec, Device
from mehrwert.intake.rules.readings import STOPS, flatten, is_ahead, measured_us, result_of
from mehrwert.observations.actions import (
    Extra,
    Fate,
    ReadingBatch,
    WriteContext,
    record_in,
    settle_messages,
    transact,
)
from mehrwert.observations.choices import WRITTEN, DuplicatePolicy, MessageState
from mehrwert.observations.queries import MessageRow, list_new_messages

from .bound import Decoded, adopt_bound, read_bound
from .codecs import note_stops
from .registry import note_messages, read_devices
from .series import Streams

log = logging.getLogger("mehrwert.intake")
AT_ONCE = 500
DOOR = "intake"


@dataclass(slots=True)
class _Columns:
    """What one series gets; a reading whose time was corrected says by how much."""

    times: list[int] = field(default_factory=list)
    results: list[Any] = field(default_factory=list)
    shifts: list[int] = field(default_factory=list)

    def add(self, at_us: int, result: Any, shift_s: int) -> None:
        self.times.append(at_us)
        self.results.append(result)
        self.shifts.append(shift_s)

    def batch(self, stream: int) -> ReadingBatch:
        extras = None
        if any(self.shifts):
            extras = [Extra(parameters={"clock_shift_s": s}) if s else None for s in self.shifts]
        return ReadingBatch(stream, self.times, self.results, extras=extras)


def decode_waiting(limit: int = AT_ONCE) -> int:
    """Decode messages that wait, of all municipalities in the order they came; return how many.

    Doing it twice is harmless: a reading that is there already is a duplicate.
    """
    rows = list_new_messages(limit)
    ordered = sorted(rows, key=lambda row: row.tenant_id)
    for tenant_id, part in groupby(ordered, key=lambda row: row.tenant_id):
        with tenant_scope(tenant_id):
            _decode_patiently(tenant_id, list(part))
    return len(rows)


def _decode_patiently(tenant_id: int, rows: Sequence[MessageRow]) -> None:
    """Decode a batch; if it fails each message alone, so that a bad one holds nobody up."""
    try:
        decode_messages(tenant_id, rows)
    except UnavailableError:
        raise
    except Exception as error:
        if len(rows) > 1:
            for row in rows:
                _decode_patiently(tenant_id, [row])
            return
        log.exception("message_failed", extra={"message_id": rows[0].id})
        code = error.code if isinstance(error, MehrwertError) else "internal"
        settle_messages([Fate(rows[0].id, MessageState.FAILED, error=f"{code}:")])


def decode_messages(tenant_id: int, rows: Sequence[MessageRow], *, door: str = DOOR) -> int:
    """Decode messages of one municipality, whose scope is open; return how many values came out.

    Raises:
        UnavailableError: The store takes nothing now; the messages stay as they were.
    """
    devices = read_devices(tenant_id, rows)
    adopt_bound(tenant_id, devices.values())
    decoded = Decoded()
    by_codec: dict[int, list[MessageRow]] = defaultdict(list)
    for row in rows:
        codec = _codec_for(decoded, row, devices.get(row.device_key))
        if codec is not None:
            by_codec[codec.pk].append(row)
    for part in by_codec.values():
        _run_codec(decoded, part, devices)
    n = _store(tenant_id, decoded, door)
    note_messages(rows, devices, decoded)
    return n


def _codec_for(decoded: Decoded, row: MessageRow, device: Device | None) -> Codec | None:
    """Return the codec that may run on a message; else settle the message."""
    if device is None:
        decoded.settle(row, MessageState.FAILED, "no_device:")
    elif device.state == DeviceState.IGNORED.value:
        decoded.settle(row, MessageState.IGNORED)
    elif device.state == DeviceState.UNKNOWN.value or device.codec is None:
        decoded.settle(row, MessageState.WAITING)
    elif device.codec.origin == CodecOrigin.BINDING.value:
        return device.codec
    elif is_ahead(row.device_us, row.received_us, device.clock_shift_s):
        decoded.settle(row, MessageState.FAILED, "clock:")
    elif not row.envelope.get("payload") and "object" not in row.envelope:
        decoded.settle(row, MessageState.DONE)
    elif device.codec.state != CodecState.ACTIVE.value:
        decoded.settle(row, MessageState.WAITING, "stopped:")
    else:
        return device.codec
    return None


def _run_codec(decoded: Decoded, rows: list[MessageRow], devices: dict[str, Device]) -> None:
    codec = devices[rows[0].device_key].codec
    if codec is None:
        return
    if codec.origin == CodecOrigin.BINDING.value:
        read_bound(decoded, codec, rows, devices)
        return
    outcomes = _outcomes(codec, rows)
    stops = sum(outcome.trouble in STOPPED for outcome in outcomes)
    if stops:
        note_stops(codec, stops)
    for row, outcome in zip(rows, outcomes, strict=True):
        if outcome.trouble is Trouble.SKIPPED:
            decoded.settle(row, MessageState.WAITING, "stopped:")
        elif outcome.trouble is not None:
            decoded.settle(row, MessageState.FAILED, f"{outcome.trouble}:{outcome.text}")
        elif outcome.errors:
            decoded.settle(row, MessageState.FAILED, f"errors:{'; '.join(outcome.errors)}")
        else:
            values = dict(flatten(outcome.data))
            if outcome.warnings and not values:
                told = "; ".join(outcome.warnings)
                decoded.settle(row, MessageState.FAILED, f"unread:{told[:300]}")
                continue
            decoded.values.append((row, devices[row.device_key], values))
            decoded.fates[row.id] = Fate(row.id, MessageState.DONE, codec.full_name, 0)


def _outcomes(codec: Codec, rows: list[MessageRow]) -> list[Outcome]:
    if not codec.script:  # decoded by the network already
        return [Outcome(row.envelope.get("object")) for row in rows]
    calls = [to_call(row) for row in rows]
    context = f"{codec.tenant_id}/{codec.pk}"
    patience = max(1, STOPS - len(codec.stops_us))
    return shared_sandbox().decode(context, codec.script, calls, patience=patience)


def to_call(row: MessageRow) -> Call:
    """Return the call for a message; a port that was left out is 0."""
    envelope = row.envelope
    at_us = row.device_us if row.device_us is not None else row.received_us
    return Call(
        bytes.fromhex(envelope.get("payload", "")), int(envelope.get("f_port", 0)), at_us // 1000
    )


def _store(tenant_id: int, decoded: Decoded, door: str) -> int:
    """Write values and fates in one transaction; return how many values."""
    context = WriteContext(
        tenant_id, door, Actor("system", label="Geräte"), policy=DuplicatePolicy.CORRECT
    )

    def work(tx: Any) -> int:
        streams = Streams(tx, context)
        columns: dict[int, _Columns] = defaultdict(_Columns)
        fates, n = dict(decoded.fates), 0
        for row, device, values in decoded.values:
            found = [(streams.get(device, name), value) for name, value in values.items()]
            wanted = [(stream, value) for stream, value in found if stream is not None]
            at_us = measured_us(row.device_us, row.received_us, device.clock_shift_s)
            for stream, value in wanted:
                columns[stream].add(at_us, result_of(value), device.clock_shift_s)
            fate = fates[row.id]
            fates[row.id] = Fate(row.id, fate.state, fate.codec, fate.n_readings + len(wanted))
            n += len(wanted)
        batches = [column.batch(stream) for stream, column in columns.items()]
        if batches:
            outcome = record_in(tx, context, batches)
            gone = {
                batch.datastream_id
                for batch, rows in zip(batches, outcome.rows, strict=True)
                if any(status not in WRITTEN for status in rows.statuses)
            }
            streams.forget(gone)
        settle_messages(fates.values(), tx=tx)
        return n

    return transact(work)
