"""Things and series with what is known of them, for pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from mehrwert.base.clock import now_us
from mehrwert.observations.choices import Freshness
from mehrwert.observations.errors import UnknownEntityError
from mehrwert.observations.rules import expected_gap_us, freshness, worst_freshness
from mehrwert.observations.stores.base import Reader

from .flags import CLOSED, is_flagged
from .latest import Latest
from .store import reader

MAX_THINGS = 10_000


@dataclass(frozen=True, slots=True)
class DatastreamRow:
    """One series with state and latest reading."""

    id: int
    thing_id: int
    thing_name: str
    name: str
    description: str
    properties: dict[str, Any] | None
    external_key: str | None
    sensor_id: int
    sensor_name: str
    property_id: int
    property_name: str
    unit_name: str | None
    unit_symbol: str | None
    aggregation: str
    expected_interval_s: int | None
    source: str
    licence: str
    credit: str
    protection: str
    n: int
    first_time_us: int | None
    last_time_us: int | None
    last_end_us: int | None
    gap_us: int | None
    latest: Latest | None
    state: Freshness


@dataclass(frozen=True, slots=True)
class ThingRow:
    """One thing with its place and series. ``state`` is that of its worst series."""

    id: int
    name: str
    description: str
    field: str
    properties: dict[str, Any] | None
    external_key: str | None
    location_id: int | None
    location_name: str | None
    location_properties: dict[str, Any] | None
    lon: float | None
    lat: float | None
    n_datastreams: int
    last_time_us: int | None
    state: Freshness


_DATASTREAM_SQL = (
    "SELECT d.id, d.thing_id, t.name, d.name, d.description, d.properties, d.external_key,"
    " d.sensor_id, se.name, d.observed_property_id, p.name, d.unit_name, d.unit_symbol,"
    " d.aggregation, d.expected_interval_s, d.source, d.licence, d.credit, d.protection,"
    " s.n, coalesce(q.first_us, s.first_time), s.last_time, s.last_end, s.gap_us,"
    " s.latest_result, s.latest_quality, o.duration, e.result"
    " FROM obs_datastream d JOIN obs_datastream_state s ON s.datastream_id = d.id"
    " JOIN obs_thing t ON t.id = d.thing_id JOIN obs_sensor se ON se.id = d.sensor_id"
    " JOIN obs_observed_property p ON p.id = d.observed_property_id"
    " LEFT JOIN obs_observation o ON o.datastream_id = s.datastream_id"
    " AND o.time = s.last_time AND o.seq = s.latest_seq"
    " LEFT JOIN obs_thinned q ON q.datastream_id = d.id"
    " LEFT JOIN obs_observation_extra e ON e.datastream_id = s.datastream_id"
    " AND e.seq = s.latest_seq WHERE d.tenant_id=?"
)


def list_datastreams(
    tenant_id: int, *, thing_id: int | None = None, ids: Sequence[int] | None = None
) -> list[DatastreamRow]:
    """Return series by name: all of a tenant, those of a thing, or these."""
    sql, params = _DATASTREAM_SQL, [tenant_id]
    if thing_id is not None:
        sql, params = f"{sql} AND d.thing_id=?", [*params, thing_id]
    if ids is not None:
        if not ids:
            return []
        sql, params = f"{sql} AND d.id IN ({','.join('?' * len(ids))})", [*params, *ids]
    with reader() as r:
        rows = r.select(f"{sql} ORDER BY d.name, d.id", params)
    at = now_us()
    return [_datastream(row, at) for row in rows]


def read_datastream(tenant_id: int, datastream_id: int) -> DatastreamRow:
    """Return one series.

    Raises:
        UnknownEntityError: No such series in the tenant.
    """
    found = list_datastreams(tenant_id, ids=[datastream_id])
    if not found:
        raise UnknownEntityError(kind="datastream", id=datastream_id)
    return found[0]


def _datastream(row: tuple[Any, ...], at_us: int) -> DatastreamRow:
    *head, number, quality, duration, text = row
    n, last, gap = head[19], head[21], head[23]
    latest = None
    if n:
        value = number if text is None else msgspec.json.decode(text)
        end = None if duration is None else last + duration
        latest = Latest(head[0], last, end, value, quality)
    head[5] = _object(head[5])
    head[23] = expected_gap_us(head[14], gap)
    is_closed = (head[5] or {}).get(CLOSED) is True
    state = freshness(last if n else None, head[23], at_us, is_closed=is_closed)
    return DatastreamRow(*[*head, latest, state])


def _object(text: str | None) -> dict[str, Any] | None:
    return None if text is None else msgspec.json.decode(text)


def list_things(
    tenant_id: int,
    *,
    search: str = "",
    field: str = "",
    state: str = "",
    after: tuple[str, int] | None = None,
    limit: int | None = None,
) -> list[ThingRow]:
    """Return things by name, all of them or a page.

    Args:
        tenant_id: The municipality that asks.
        search: Part of name or description, any letter case.
        field: Field of action.
        state: A value of ``Freshness``.
        after: Name and id of the last thing of the page before.
        limit: Things of a page; None = all that are left.
    """
    with reader() as r:
        things = _things(r, tenant_id, None)
    wanted = [t for t in things if _fits(t, search.casefold(), field, state)]
    if after is not None:
        wanted = [t for t in wanted if (t.name, t.id) > after]
    return wanted[:limit]


def count_things(tenant_id: int, *, search: str = "", field: str = "", state: str = "") -> int:
    """Return how many things ``list_things`` would give without a limit."""
    return len(list_things(tenant_id, search=search, field=field, state=state, limit=MAX_THINGS))


def list_fields(tenant_id: int) -> list[str]:
    """Return the fields of action that things of the tenant have."""
    with reader() as r:
        rows = r.select(
            "SELECT DISTINCT field FROM obs_thing WHERE tenant_id=? AND field<>'' ORDER BY field",
            (tenant_id,),
        )
    return [row[0] for row in rows]


def read_thing(tenant_id: int, thing_id: int) -> ThingRow:
    """Return one thing.

    Raises:
        UnknownEntityError: No such thing in the tenant.
    """
    with reader() as r:
        found = _things(r, tenant_id, thing_id)
    if not found:
        raise UnknownEntityError(kind="thing", id=thing_id)
    return found[0]


def _fits(thing: ThingRow, search: str, field: str, state: str) -> bool:
    return (
        (not field or thing.field == field)
        and (not state or thing.state == state)
        and (not search or search in f"{thing.name}\n{thing.description}".casefold())
    )


def _things(r: Reader, tenant_id: int, thing_id: int | None) -> list[ThingRow]:
    one, params = ("", [tenant_id]) if thing_id is None else (" AND t.id=?", [tenant_id, thing_id])
    rows = r.select(
        "SELECT t.id, t.name, t.description, t.field, t.properties, t.external_key,"
        " l.id, l.name, l.properties, l.lon, l.lat FROM obs_thing t"
        " LEFT JOIN obs_thing_location tl ON tl.id = (SELECT min(x.id) FROM obs_thing_location x"
        " WHERE x.thing_id = t.id) LEFT JOIN obs_location l ON l.id = tl.location_id"
        f" WHERE t.tenant_id=?{one} ORDER BY t.name, t.id LIMIT {MAX_THINGS}",
        params,
    )
    series = r.select(
        "SELECT d.thing_id, s.n, s.last_time, d.expected_interval_s, s.gap_us, d.properties"
        " FROM obs_datastream d JOIN obs_datastream_state s ON s.datastream_id = d.id"
        f" WHERE d.tenant_id=?{one.replace('t.id', 'd.thing_id')}",
        params,
    )
    at = now_us()
    of_thing: dict[int, list[tuple[int | None, Freshness]]] = {}
    for owner, n, last, declared, learned, properties in series:
        gap, is_closed = expected_gap_us(declared, learned), is_flagged(properties, CLOSED)
        state = freshness(last if n else None, gap, at, is_closed=is_closed)
        of_thing.setdefault(owner, []).append((last, state))
    return [_thing(row, of_thing.get(row[0], [])) for row in rows]


def _thing(row: tuple[Any, ...], series: list[tuple[int | None, Freshness]]) -> ThingRow:
    state = worst_freshness([state for _, state in series])
    head = list(row)
    head[4], head[8] = _object(head[4]), _object(head[8])
    last = max((time for time, _ in series if time is not None), default=None)
    return ThingRow(*[*head, len(series), last, state])
