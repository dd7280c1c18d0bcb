"""Rows of a pull become readings of series that are made when they first come."""

from collections.abc import Callable, Sequence
from typing import Any

from mehrwert.base.actor import Actor
from mehrwert.connectors.pulls.models import Pull
from mehrwert.connectors.pulls.rules.recipe import Recipe, Value
from mehrwert.connectors.pulls.rules.rows import Read
from mehrwert.observations.actions import (
    ReadingBatch,
    WriteContext,
    WriteOutcome,
    find_or_create_datastream,
    find_or_create_location,
    find_or_create_observed_property,
    find_or_create_sensor,
    find_or_create_thing,
    record_observations,
    transact,
)
from mehrwert.observations.choices import DuplicatePolicy
from mehrwert.observations.queries import list_things

DOOR = "pull"
AHEAD_US = 600_000_000
Place = Callable[[], tuple[float, float] | None]


class Store:
    """Writes for one pull; ``place`` is asked only when its thing is new."""

    def __init__(self, pull: Pull, recipe: Recipe, place: Place) -> None:
        self._pull, self._recipe, self._place = pull, recipe, place
        self._key = f"pull/{pull.source_id}"
        self._streams: dict[str, int] = {}
        self._context = WriteContext(
            pull.tenant_id,
            DOOR,
            Actor("system", label=str(pull)),
            policy=DuplicatePolicy.CORRECT,
        )

    def write(self, values: Sequence[Value], rows: Sequence[Read], now_us: int) -> WriteOutcome:
        """Store rows; what is there already changes nothing, another value replaces the old one.

        Times more than ten minutes ahead are left out: they are forecasts or wrong clocks.

        Raises:
            UnavailableError: The store takes nothing now; what was stored before is safe.
        """
        good = [row for row in rows if row.at_us <= now_us + AHEAD_US]
        batches = []
        for value in values:
            mine = [row for row in good if value.field in row.values]
            if mine:
                batches.append(
                    ReadingBatch(
                        self._stream(value),
                        [row.at_us for row in mine],
                        [row.values[value.field] for row in mine],
                        ends_us=[row.end_us for row in mine],
                    )
                )
        return record_observations(self._context, batches) if batches else WriteOutcome()

    def _stream(self, value: Value) -> int:
        if value.field not in self._streams:
            self._streams[value.field] = self._make(value)
        return self._streams[value.field]

    def _make(self, value: Value) -> int:
        station = value.station
        if station is not None:
            is_placed = station.lon is not None and station.lat is not None
            place = (station.lon or 0.0, station.lat or 0.0) if is_placed else None
        else:
            place = None if self._has_thing() else self._place()
        return transact(lambda tx: self._make_in(tx, value, place))

    def _has_thing(self) -> bool:
        things = list_things(self._pull.tenant_id)
        return any(thing.external_key == self._key for thing in things)

    def _make_in(self, tx: Any, value: Value, place: tuple[float, float] | None) -> int:
        context, key, recipe = self._context, self._key, self._recipe
        name, thing_key = str(self._pull), key
        if value.station is not None:
            name, thing_key = value.station.name, f"{key}/thing/{value.station.key}"
        locations = []
        if place is not None:
            point = {"type": "Point", "coordinates": list(place)}
            locations = [
                find_or_create_location(
                    context, tx=tx, external_key=thing_key, name=name, location=point
                )
            ]
        thing = find_or_create_thing(
            context, tx=tx, external_key=thing_key, name=name, location_ids=locations
        )
        sensor = find_or_create_sensor(
            context, tx=tx, external_key=f"recipe/{recipe.slug}", name=recipe.name, metadata=""
        )
        kind = find_or_create_observed_property(
            context, tx=tx, external_key=f"name/{value.name}"[:200], name=value.name
        )
        return find_or_create_datastream(
            context,
            tx=tx,
            external_key=f"{key}/{value.field}"[:200],
            name=f"{value.name}, {name}"[:250],
            thing_id=thing,
            sensor_id=sensor,
            observed_property_id=kind,
            unit_name=value.unit or None,
            unit_symbol=value.symbol or None,
            aggregation=value.aggregation,
            expected_interval_s=recipe.interval_s,
            source=recipe.name,
            licence=recipe.licence,
            credit=recipe.credit,
        )
