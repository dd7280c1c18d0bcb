"""From the tree to SQL with ``?`` for both engines. ``guard`` puts the tenant on every table."""

from dataclasses import dataclass, field
from typing import Any

from .errors import BadKeyError
from .model import COLUMNS, JOINS, RELATIONS, TABLES, Relation
from .tree import Limits, Order, Select

ID_SHIFT = 32
MAX_ID = 2**53


@dataclass(slots=True)
class Statement:
    """SQL under construction: conditions with their values, in order."""

    conditions: list[str] = field(default_factory=list)
    params: list[Any] = field(default_factory=list)

    def add(self, condition: str, *params: Any) -> None:
        """Append one condition."""
        self.conditions.append(condition)
        self.params += params

    @property
    def where(self) -> str:
        """Return all conditions."""
        return " AND ".join(self.conditions)


def guard(statement: Statement, kind: str, tenant_id: int, limits: Limits) -> None:
    """Restrict the table ``e`` of this kind to the tenant and to what the key may see."""
    if kind == "observation":
        states = "e.datastream_id IN (SELECT datastream_id FROM obs_datastream_state"
        statement.add(f"{states} WHERE tenant_id=?)", tenant_id)
    else:
        statement.add("e.tenant_id=?", tenant_id)
    if limits.is_open:
        return
    streams, params = _visible_datastreams(tenant_id, limits)
    condition, params = _limited(kind, streams, params, tenant_id, limits)
    statement.add(condition, *params)


def _visible_datastreams(tenant_id: int, limits: Limits) -> tuple[str, list[Any]]:
    """Return FROM and WHERE of the series that a limited key may see."""
    ids, things = sorted(limits.datastream_ids or ()), sorted(limits.thing_ids or ())
    return (
        f"FROM obs_datastream WHERE tenant_id=? AND (id IN ({_marks(ids)})"
        f" OR thing_id IN ({_marks(things)}))",
        [tenant_id, *ids, *things],
    )


def _limited(
    kind: str, streams: str, params: list[Any], tenant_id: int, limits: Limits
) -> tuple[str, list[Any]]:
    own = sorted(limits.thing_ids or ())
    things = f"SELECT thing_id {streams} UNION SELECT id FROM obs_thing WHERE tenant_id=?"
    things = f"({things} AND id IN ({_marks(own)}))"
    of_things = [*params, tenant_id, *own]
    if kind == "location":
        place = (
            f"SELECT location_id FROM obs_thing_location WHERE tenant_id=? AND thing_id IN {things}"
        )
        return f"e.id IN ({place})", [tenant_id, *of_things]
    if kind == "feature":
        about = "SELECT feature_id FROM obs_datastream_state WHERE tenant_id=? AND datastream_id IN"
        return f"e.id IN ({about} (SELECT id {streams}))", [tenant_id, *params]
    column, chosen = {
        "thing": ("e.id", things),
        "historical_location": ("e.thing_id", things),
        "datastream": ("e.id", f"(SELECT id {streams})"),
        "observation": ("e.datastream_id", f"(SELECT id {streams})"),
        "sensor": ("e.id", f"(SELECT sensor_id {streams})"),
        "observed_property": ("e.id", f"(SELECT observed_property_id {streams})"),
    }[kind]
    return f"{column} IN {chosen}", of_things if chosen is things else params


def relate(statement: Statement, tenant_id: int, relation: Relation, parent: int) -> None:
    """Restrict ``e`` to what is linked to the parent by a relation to many."""
    if relation.theirs:
        statement.add(f"e.{relation.theirs}=?", parent)
    elif relation.through:
        table, this, other = relation.through
        linked = f"SELECT {other} FROM {table} WHERE tenant_id=? AND {this}=?"
        statement.add(f"e.id IN ({linked})", tenant_id, parent)


def identify(statement: Statement, kind: str, row_id: int) -> None:
    """Restrict ``e`` to one row."""
    if kind == "observation":
        series, seq = row_id >> ID_SHIFT, row_id & (2**ID_SHIFT - 1)
        statement.add("e.datastream_id=? AND e.seq=?", series, seq)
    else:
        statement.add("e.id=?", row_id)


def select_one(kind: str, statement: Statement, columns: tuple[str, ...]) -> str:
    """Return SQL that reads some columns of the restricted row."""
    joins = JOINS.get(kind, "")
    return f"SELECT {','.join(columns)} FROM {TABLES[kind]} e{joins} WHERE {statement.where}"


def select_page(select: Select, statement: Statement, kind: str, in_series: bool) -> str:
    """Return SQL of one page; one row more than wanted tells whether another page follows."""
    names = _order_columns(kind, select.order, in_series)
    descending = select.order is not None and select.order.descending
    if select.after is not None:
        _check_key(names, select.after)
        # said twice: engines seek by the first column, the row comparison is exact
        sign = "<" if descending else ">"
        statement.add(f"{names[0]} {sign}= ?", select.after[0])
        marks = ",".join("?" * len(names))
        statement.add(f"({','.join(names)}) {sign} ({marks})", *select.after)
    order = ",".join(f"{name} DESC" if descending else name for name in names)
    statement.params += [select.top + 1, select.skip if select.after is None else 0]
    sql = select_one(kind, statement, COLUMNS[kind])
    return f"{sql} ORDER BY {order} LIMIT ? OFFSET ?"


def _check_key(names: tuple[str, ...], key: tuple[int | str, ...]) -> None:
    kinds = [str if name == "e.name" else int for name in names]
    if [type(part) for part in key] != kinds:
        raise BadKeyError


def key_of(
    kind: str, order: Order | None, in_series: bool, row: tuple[Any, ...]
) -> tuple[Any, ...]:
    """Return where a row stands in the order."""
    columns = COLUMNS[kind]
    return tuple(row[columns.index(name)] for name in _order_columns(kind, order, in_series))


def _order_columns(kind: str, order: Order | None, in_series: bool) -> tuple[str, ...]:
    if kind == "observation":
        by_time = in_series if order is None else order.field == "time"
        if by_time:
            return ("e.time", "e.seq") if in_series else ("e.time", "e.datastream_id", "e.seq")
        return ("e.datastream_id", "e.seq")
    if order is None or order.field == "id":
        return ("e.id",)
    return (f"e.{order.field}", "e.id")


def _marks(values: list[int]) -> str:
    return ",".join("?" * len(values)) or "NULL"


__all__ = ["RELATIONS", "Statement", "guard", "identify", "key_of", "relate"]
