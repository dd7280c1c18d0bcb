"""Makes the things and series that an import needs, and takes away what it made."""

from collections.abc import Mapping, Sequence
from typing import Any

from mehrwert.connectors.table_files.rules.description import (
    ImportDescription,
    Station,
    series_names,
)
from mehrwert.observations.actions import (
    WriteContext,
    delete_datastream,
    delete_location,
    delete_observed_property,
    delete_sensor,
    delete_thing,
    find_or_create_datastream,
    find_or_create_location,
    find_or_create_observed_property,
    find_or_create_sensor,
    find_or_create_thing,
    transact,
)

Created = dict[str, list[int]]
_TABLES = {
    "location": "obs_location",
    "thing": "obs_thing",
    "sensor": "obs_sensor",
    "property": "obs_observed_property",
    "datastream": "obs_datastream",
}
_MAKERS: dict[str, Any] = {
    "location": find_or_create_location,
    "thing": find_or_create_thing,
    "sensor": find_or_create_sensor,
    "property": find_or_create_observed_property,
    "datastream": find_or_create_datastream,
}


class Maker:
    """Finds or makes rows by key inside one transaction and remembers which are new."""

    def __init__(self, tx: Any, context: WriteContext) -> None:
        self._tx = tx
        self._context = context
        self.created: Created = {kind: [] for kind in _TABLES}

    def get(self, kind: str, key: str, **fields: Any) -> int:
        """Return the row with this key, made if needed."""
        known = self._tx.select(
            f"SELECT id FROM {_TABLES[kind]} WHERE tenant_id=? AND external_key=?",
            (self._context.tenant_id, key),
        )
        if known:
            return int(known[0][0])
        row_id = int(_MAKERS[kind](self._context, tx=self._tx, external_key=key, **fields))
        self.created[kind].append(row_id)
        return row_id


def make_station(
    context: WriteContext,
    description: ImportDescription,
    station: Station,
    columns: Sequence[str],
) -> tuple[dict[str, int], Created]:
    """Return the series of these columns of a station, and what had to be made."""

    def work(tx: Any) -> tuple[dict[str, int], Created]:
        make = Maker(tx, context)
        thing_id = _make_thing(make, description, station)
        links = {"thing_id": thing_id, **_procedure(make, description)}
        names = series_names(description, station, columns)
        found = {
            column: make.get(
                "datastream",
                f"{description.key}:{station.key}:{column}",
                name=name,
                **links,
                **_series(description, is_total=column == station.key),
            )
            for column, name in names.items()
        }
        return found, make.created

    return transact(work)


def remove_created(context: WriteContext, created: Mapping[str, Sequence[int]]) -> None:
    """Delete what an import made and what is empty and unused by now."""

    def work(tx: Any) -> None:
        unused = (
            ("datastream", "SELECT 1 FROM obs_datastream_state WHERE datastream_id=? AND n>0"),
            ("thing", "SELECT 1 FROM obs_datastream WHERE thing_id=?"),
            ("location", "SELECT 1 FROM obs_thing_location WHERE location_id=?"),
            ("sensor", "SELECT 1 FROM obs_datastream WHERE sensor_id=?"),
            ("property", "SELECT 1 FROM obs_datastream WHERE observed_property_id=?"),
        )
        removers: dict[str, Any] = {
            "datastream": delete_datastream,
            "thing": delete_thing,
            "location": delete_location,
            "sensor": delete_sensor,
            "property": delete_observed_property,
        }
        for kind, used in unused:
            for row_id in created.get(kind, ()):
                there = f"SELECT 1 FROM {_TABLES[kind]} WHERE id=? AND tenant_id=?"
                if tx.select(there, (row_id, context.tenant_id)) and not tx.select(
                    f"{used} LIMIT 1", (row_id,)
                ):
                    removers[kind](context, row_id, tx=tx)

    transact(work)


def joined(first: Created, second: Created) -> Created:
    """Return both lists of what was made."""
    return {kind: sorted({*first.get(kind, ()), *second.get(kind, ())}) for kind in _TABLES}


def _make_thing(make: Maker, description: ImportDescription, station: Station) -> int:
    key, words = f"{description.key}:{station.key}", description.stations
    location_ids = []
    if station.longitude is not None and station.latitude is not None:
        place = {"type": "Point", "coordinates": [station.longitude, station.latitude]}
        note = {"position_note": words.position_note} if words.position_note else None
        location_ids = [
            make.get("location", key, name=station.name, location=place, properties=note)
        ]
    return make.get(
        "thing",
        key,
        name=station.name,
        description=words.description,
        field=words.field,
        location_ids=location_ids,
    )


def _procedure(make: Maker, description: ImportDescription) -> dict[str, int]:
    series = description.series
    return {
        "sensor_id": make.get(
            "sensor", f"{description.key}:sensor", name=series.sensor or description.title
        ),
        "observed_property_id": make.get(
            "property",
            f"{description.key}:property",
            name=series.property,
            definition=series.property_definition,
        ),
    }


def _series(description: ImportDescription, *, is_total: bool) -> dict[str, Any]:
    series = description.series
    return {
        "description": series.total_description if is_total else series.description,
        "unit_name": series.unit_name or None,
        "unit_symbol": series.unit_symbol or None,
        "unit_definition": series.unit_definition or None,
        "aggregation": series.aggregation,
        "expected_interval_s": series.expected_interval_s or None,
        "source": series.source,
        "licence": series.licence,
        "credit": series.credit,
        "protection": series.protection,
        "properties": {"role": "total" if is_total else "channel"},
    }
