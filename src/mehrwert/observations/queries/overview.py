"""All series of a municipality as a list shows them, in two statements however many there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from mehrwert.base.clock import now_us
from mehrwert.observations.choices import Freshness
from mehrwert.observations.rules import HOUR_US, expected_gap_us, freshness, worst_freshness
from mehrwert.observations.stores.base import Reader

from .flags import APPROXIMATE, CLOSED, is_flagged
from .store import reader

MOST_IDS = 500


@dataclass(frozen=True, slots=True)
class SeriesGlance:
    """One series in a list. ``value`` is a number, or any other JSON value."""

    id: int
    name: str
    property_name: str
    unit: str
    aggregation: str
    protection: str
    source: str
    licence: str
    credit: str
    n: int
    last_time_us: int | None
    gap_us: int | None
    value: Any
    quality: int
    state: Freshness

    @property
    def silent_s(self) -> int:
        """Return the seconds since the latest reading."""
        return 0 if self.last_time_us is None else (now_us() - self.last_time_us) // 1_000_000


@dataclass(frozen=True, slots=True)
class ThingGlance:
    """One thing in a list with its series, oldest series first."""

    id: int
    name: str
    description: str
    field: str
    place: str
    lon: float | None
    lat: float | None
    is_approximate: bool
    series: tuple[SeriesGlance, ...]
    state: Freshness
    last_time_us: int | None


def list_glances(tenant_id: int, *, thing_id: int | None = None) -> list[ThingGlance]:
    """Return all things of a tenant by name, or one, with their series and latest values."""
    at = now_us()
    with reader() as r:
        things = _things(r, tenant_id, thing_id)
        series = _series(r, tenant_id, thing_id, at)
    return [_glance(row, series.get(row[0], ())) for row in things]


def _things(r: Reader, tenant_id: int, thing_id: int | None) -> list[tuple[Any, ...]]:
    one, params = ("", [tenant_id]) if thing_id is None else (" AND t.id=?", [tenant_id, thing_id])
    return r.select(
        "SELECT t.id, t.name, t.description, t.field, t.properties, l.name, l.properties, l.lon,"
        " l.lat FROM obs_thing t LEFT JOIN obs_thing_location tl ON tl.id = (SELECT min(x.id)"
        " FROM obs_thing_location x WHERE x.thing_id = t.id)"
        " LEFT JOIN obs_location l ON l.id = tl.location_id"
        f" WHERE t.tenant_id=?{one} ORDER BY t.name, t.id",
        params,
    )


def _series(
    r: Reader, tenant_id: int, thing_id: int | None, at_us: int
) -> dict[int, list[SeriesGlance]]:
    one, params = (
        ("", [tenant_id]) if thing_id is None else (" AND d.thing_id=?", [tenant_id, thing_id])
    )
    rows = r.select(
        "SELECT d.thing_id, d.id, d.name, p.name, d.unit_symbol, d.aggregation, d.protection,"
        " d.source, d.licence, d.credit, s.n, s.last_time, d.expected_interval_s, s.gap_us,"
        " s.latest_result, s.latest_quality, d.properties, e.result"
        " FROM obs_datastream d JOIN obs_datastream_state s ON s.datastream_id = d.id"
        " JOIN obs_observed_property p ON p.id = d.observed_property_id"
        " LEFT JOIN obs_observation_extra e ON e.datastream_id = s.datastream_id"
        f" AND e.seq = s.latest_seq WHERE d.tenant_id=?{one} ORDER BY d.id",
        params,
    )
    found: dict[int, list[SeriesGlance]] = {}
    for row in rows:
        found.setdefault(row[0], []).append(_series_glance(row, at_us))
    return found


def _series_glance(row: tuple[Any, ...], at_us: int) -> SeriesGlance:
    *head, n, last, declared, learned, number, quality, properties, text = row[1:]
    gap = expected_gap_us(declared, learned)
    head[3] = head[3] or ""
    is_closed = is_flagged(properties, CLOSED)
    state = freshness(last if n else None, gap, at_us, is_closed=is_closed)
    value = number if text is None else msgspec.json.decode(text)
    fields = [*head, n, last, gap, value, quality or 0, state]
    return SeriesGlance(*fields)


def _glance(row: tuple[Any, ...], series: Sequence[SeriesGlance]) -> ThingGlance:
    thing_id, name, description, field, own, place, of_place, lon, lat = row
    return ThingGlance(
        thing_id,
        name,
        description,
        field,
        place or "",
        lon,
        lat,
        is_flagged(own, APPROXIMATE) or is_flagged(of_place, APPROXIMATE),
        tuple(series),
        worst_freshness([s.state for s in series]),
        max((s.last_time_us for s in series if s.last_time_us is not None), default=None),
    )


def read_last_days(
    tenant_id: int, datastream_ids: Sequence[int]
) -> dict[int, list[tuple[int, int, float, float]]]:
    """Return (hour, n, sum, last) of the last 24 hours with readings, per series."""
    found: dict[int, list[tuple[int, int, float, float]]] = {}
    with reader() as r:
        for start in range(0, len(datastream_ids), MOST_IDS):
            ids = datastream_ids[start : start + MOST_IDS]
            rows = r.select(
                "SELECT b.datastream_id, b.hour, b.n, b.sum, b.last FROM obs_datastream_state s"
                " JOIN obs_hour_bucket b ON b.datastream_id = s.datastream_id"
                f" AND b.hour > s.last_time / {HOUR_US} - 24"
                f" WHERE s.tenant_id=? AND s.datastream_id IN ({','.join('?' * len(ids))})"
                " AND b.n > 0 ORDER BY b.datastream_id, b.hour",
                (tenant_id, *ids),
            )
            for datastream_id, *bucket in rows:
                found.setdefault(datastream_id, []).append(tuple(bucket))
    return found
