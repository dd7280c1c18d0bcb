"""The series of a device: made when a value of the field comes for the first time."""

import json
from collections.abc import Iterable
from typing import Any

from mehrwert.intake.choices import CodecOrigin
from mehrwert.intake.models import Device
from mehrwert.intake.rules.description import (
    Measure,
    interval_of,
    measures_of,
    protection_of,
)
from mehrwert.observations.actions import (
    WriteContext,
    create_observed_property,
    find_or_create_datastream,
    find_or_create_sensor,
)

PROPERTY = "SELECT id FROM obs_observed_property WHERE tenant_id=? AND name=? ORDER BY id LIMIT 1"
OF_THING = "SELECT id, properties FROM obs_datastream WHERE thing_id=? AND tenant_id=? ORDER BY id"
STREAM = "SELECT 1 FROM obs_datastream WHERE id=? AND tenant_id=?"


class Streams:
    """Finds or makes series inside a transaction; ``device.streams`` remembers them."""

    def __init__(self, tx: Any, context: WriteContext) -> None:
        self._tx, self._context = tx, context
        self._measures: dict[int, dict[str, Measure]] = {}
        self._devices: dict[int, Device] = {}

    def get(self, device: Device, field: str) -> int | None:
        """Return the series of a field, None for fields that the description does not name."""
        known = device.streams.get(field)
        if known is not None:
            self._devices[device.pk] = device
            return int(known)
        measure = self._measure(device, field)
        if measure is None or device.thing_id is None:
            return None
        made = self._prepared(device, measure) or self._make(device, measure)
        device.streams = {**device.streams, field: made}
        self._devices[device.pk] = device
        return made

    def forget(self, gone: Iterable[int]) -> None:
        """Forget series that somebody deleted; a later value makes a new one."""
        missing = set(gone)
        for device in self._devices.values() if missing else ():
            device.streams = {f: i for f, i in device.streams.items() if i not in missing}

    def _measure(self, device: Device, field: str) -> Measure | None:
        codec = device.codec
        if codec is None:
            return None
        if codec.pk not in self._measures:
            self._measures[codec.pk] = measures_of(codec.description)
        found = self._measures[codec.pk].get(field)
        if found is None and codec.origin == CodecOrigin.NETWORK.value:
            return Measure(field, field, "", "", "mean")
        return found

    def _prepared(self, device: Device, measure: Measure) -> int | None:
        """Return a series of the thing that waits for this field of this type of device.

        Such a series says so: ``properties.fields`` maps types of device to fields (packages).
        """
        if device.codec is None:
            return None
        for row_id, text in self._tx.select(OF_THING, (device.thing_id, self._context.tenant_id)):
            fields = (json.loads(text) if text else {}).get("fields")
            if isinstance(fields, dict) and fields.get(device.codec.slug) == measure.field:
                return int(row_id)
        return None

    def _make(self, device: Device, measure: Measure) -> int:
        context, tx, codec = self._context, self._tx, device.codec
        if codec is None:
            raise ValueError(device.device_key)
        sensor_id = find_or_create_sensor(
            context,
            tx=tx,
            external_key=f"codec/{codec.slug}",
            name=codec.name,
            metadata=str(codec.description.get("url") or ""),
        )
        return find_or_create_datastream(
            context,
            tx=tx,
            external_key=f"device/{device.device_key}/{measure.field}"[:200],
            name=f"{measure.name}, {device.name or device.device_key}",
            thing_id=device.thing_id,
            sensor_id=sensor_id,
            observed_property_id=self._property_id(measure.name),
            unit_name=measure.unit_name or None,
            unit_symbol=measure.unit_symbol or None,
            aggregation=measure.aggregation,
            expected_interval_s=interval_of(codec.description),
            source=f"Gerät {device.device_key}",
            protection=protection_of(codec.description),
            properties={"device": device.device_key, "field": measure.field},
        )

    def _property_id(self, name: str) -> int:
        rows = self._tx.select(PROPERTY, (self._context.tenant_id, name))
        if rows:
            return int(rows[0][0])
        return create_observed_property(self._context, tx=self._tx, name=name)
