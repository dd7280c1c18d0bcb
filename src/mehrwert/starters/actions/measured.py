"""Stations and series of a package, inside one transaction of the room ``observations``."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from mehrwert.observations import actions as observations
from mehrwert.observations.actions import WriteContext
from mehrwert.starters.choices import PieceKind
from mehrwert.starters.rules.pieces import Piece, slug_of

PROPERTY = "SELECT id FROM obs_observed_property WHERE tenant_id=? AND name=? ORDER BY id LIMIT 1"
USES_SENSOR = "SELECT 1 FROM obs_datastream WHERE sensor_id=? LIMIT 1"
USES_PROPERTY = "SELECT 1 FROM obs_datastream WHERE observed_property_id=? LIMIT 1"
EXISTS = {
    PieceKind.THING: "SELECT 1 FROM obs_thing WHERE id=? AND tenant_id=?",
    PieceKind.SERIES: "SELECT 1 FROM obs_datastream WHERE id=? AND tenant_id=?",
}
COLUMNS = (
    "name", "description", "unit_name", "unit_symbol", "unit_definition", "aggregation",
    "expected_interval_s", "protection",
)  # fmt: skip
PLAIN = ("name", "description", "field")


@dataclass(slots=True)
class Made:
    """Ids by key of the piece, and which stations, series, sensors and properties are new."""

    ids: dict[str, int] = field(default_factory=dict)
    things: list[int] = field(default_factory=list)
    series: list[int] = field(default_factory=list)
    sensors: list[int] = field(default_factory=list)
    properties: list[int] = field(default_factory=list)


class Workshop:
    """Makes, changes and removes measured pieces of one package."""

    def __init__(self, tx: Any, context: WriteContext, slug: str) -> None:
        self._tx, self._context, self._slug = tx, context, slug

    def make(self, pieces: Iterable[Piece], made: Made) -> None:
        """Make stations and series; what an earlier installation left is taken up again."""
        for piece in pieces:
            if piece.kind is PieceKind.THING:
                is_new = self._is_new("obs_thing", piece.key)
                found = observations.find_or_create_thing(
                    self._context,
                    tx=self._tx,
                    external_key=self._key(piece.key),
                    properties={"package": self._slug},
                    **{name: piece.values[name] for name in PLAIN},
                )
                made.ids[piece.key] = found
                made.things += [found] if is_new else []
            elif piece.kind is PieceKind.SERIES:
                made.ids[piece.key] = self._make_series(piece, made)

    def change(self, kind: PieceKind, row_id: int, values: Mapping[str, Any], made: Made) -> None:
        """Give a station or series new values; one that is gone stays gone."""
        if not self._exists(kind, row_id):
            return
        if kind is PieceKind.THING:
            fields = {name: values[name] for name in PLAIN}
            observations.update_thing(self._context, row_id, tx=self._tx, **fields)
        else:
            observations.update_datastream(
                self._context, row_id, tx=self._tx, **self._columns(values, made)
            )

    def remove(self, kind: PieceKind, row_ids: Iterable[int]) -> None:
        """Delete for good, with all readings; what is gone already is no error."""
        delete = {
            PieceKind.THING: observations.delete_thing,
            PieceKind.SERIES: observations.delete_datastream,
        }[kind]
        for row_id in row_ids:
            if self._exists(kind, row_id):
                delete(self._context, row_id, tx=self._tx)

    def sweep(self, sensors: Iterable[int], properties: Iterable[int]) -> None:
        """Delete sensors and properties that nothing uses any more."""
        for row_id in sensors:
            if not self._tx.select(USES_SENSOR, (row_id,)):
                observations.delete_sensor(self._context, row_id, tx=self._tx)
        for row_id in properties:
            if not self._tx.select(USES_PROPERTY, (row_id,)):
                observations.delete_observed_property(self._context, row_id, tx=self._tx)

    def take_back(self, made: Made) -> None:
        """Delete what was made just now; what was there before stays."""
        self.remove(PieceKind.SERIES, made.series)
        self.remove(PieceKind.THING, made.things)
        self.sweep(made.sensors, made.properties)

    def _make_series(self, piece: Piece, made: Made) -> int:
        is_new = self._is_new("obs_datastream", piece.key)
        found = observations.find_or_create_datastream(
            self._context,
            tx=self._tx,
            external_key=self._key(piece.key),
            thing_id=made.ids[piece.links["thing"]],
            source=f"Paket {self._slug}",
            **self._columns(piece.values, made),
        )
        made.series += [found] if is_new else []
        return found

    def _columns(self, values: Mapping[str, Any], made: Made) -> dict[str, Any]:
        fields = {name: values[name] or None for name in COLUMNS if name.startswith("unit_")}
        fields |= {name: values[name] for name in COLUMNS if not name.startswith("unit_")}
        return {
            **fields,
            "sensor_id": self._sensor_id(values["instrument"], made),
            "observed_property_id": self._property_id(values["property"], made),
            "properties": {"package": self._slug, "fields": values["fields"]},
        }

    def _sensor_id(self, name: str, made: Made) -> int:
        key = f"sensor/{slug_of(name)}"
        is_new = self._is_new("obs_sensor", key)
        found = observations.find_or_create_sensor(
            self._context, tx=self._tx, external_key=self._key(key), name=name
        )
        if is_new:
            made.sensors.append(found)
        return found

    def _property_id(self, name: str, made: Made) -> int:
        rows = self._tx.select(PROPERTY, (self._context.tenant_id, name))
        if rows:
            return int(rows[0][0])
        found = observations.create_observed_property(self._context, tx=self._tx, name=name)
        made.properties.append(found)
        return found

    def _is_new(self, table: str, piece_key: str) -> bool:
        key = (self._context.tenant_id, self._key(piece_key))
        sql = f"SELECT 1 FROM {table} WHERE tenant_id=? AND external_key=?"
        return not self._tx.select(sql, key)

    def _exists(self, kind: PieceKind, row_id: int) -> bool:
        return bool(self._tx.select(EXISTS[kind], (row_id, self._context.tenant_id)))

    def _key(self, piece_key: str) -> str:
        return f"package/{self._slug}/{piece_key}"[:200]
