"""A stretch of one series: ends and flags; and its past: imports and changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from mehrwert.observations.choices import Quality

from .store import check_datastream, reader

RAW_FLAGS_AT_MOST = 50_000


@dataclass(frozen=True, slots=True)
class Ends:
    """First and last numeric reading of a stretch that is not flagged bad."""

    first_us: int
    first: float
    last_us: int
    last: float


@dataclass(frozen=True, slots=True)
class SeriesImport:
    """An import that brought readings into a series. ``n`` counts what it created here."""

    id: int
    label: str
    created_us: int
    undone_us: int | None
    actor_label: str
    n: int


@dataclass(frozen=True, slots=True)
class Change:
    """One audited change of metadata or flags."""

    id: int
    at_us: int
    actor_label: str
    verb: str
    kind: str
    object_id: str
    label: str
    before: dict[str, Any]
    after: dict[str, Any]


def read_ends(tenant_id: int, datastream_id: int, start_us: int, end_us: int) -> Ends | None:
    """Return the first and last usable reading of ``[start, end)``.

    Raises:
        UnknownEntityError: No such series in the tenant.
    """
    sql = (
        "SELECT time, result FROM obs_observation WHERE datastream_id=? AND time>=? AND time<?"
        " AND result IS NOT NULL AND quality<>3 ORDER BY time {0}, seq {0} LIMIT 1"
    )
    params = (datastream_id, start_us, end_us)
    with reader() as r:
        check_datastream(r, tenant_id, datastream_id)
        first = r.select(sql.format("ASC"), params)
        last = r.select(sql.format("DESC"), params)
    return Ends(*first[0], *last[0]) if first and last else None


def count_flags(
    tenant_id: int, datastream_id: int, start_us: int, end_us: int
) -> dict[Quality, int] | None:
    """Return how many readings of ``[start, end)`` carry each flag other than unchecked.

    None if there are more readings than are worth counting for a page.

    Raises:
        UnknownEntityError: No such series in the tenant.
    """
    with reader() as r:
        check_datastream(r, tenant_id, datastream_id)
        params = (datastream_id, start_us, end_us)
        where = "FROM obs_observation WHERE datastream_id=? AND time>=? AND time<?"
        many = r.select(
            f"SELECT count(*) FROM (SELECT 1 {where} LIMIT {RAW_FLAGS_AT_MOST + 1}) counted", params
        )
        if many[0][0] > RAW_FLAGS_AT_MOST:
            return None
        rows = r.select(f"SELECT quality, count(*) {where} AND quality>0 GROUP BY quality", params)
    return {Quality(flag): n for flag, n in rows}


def list_series_imports(tenant_id: int, datastream_id: int, limit: int = 10) -> list[SeriesImport]:
    """Return the newest imports that created readings of a series."""
    with reader() as r:
        rows = r.select(
            "SELECT b.id, b.label, b.created_us, b.undone_us, b.actor_label,"
            " sum(g.last_seq - g.first_seq + 1) FROM obs_import_range g"
            " JOIN obs_import_batch b ON b.id = g.import_batch_id"
            " WHERE g.tenant_id=? AND g.datastream_id=?"
            " GROUP BY b.id, b.label, b.created_us, b.undone_us, b.actor_label"
            " ORDER BY b.created_us DESC LIMIT ?",
            (tenant_id, datastream_id, limit),
        )
    return [
        SeriesImport(key, label, created, undone, actor, int(n))
        for key, label, created, undone, actor, n in rows
    ]


def list_changes(
    tenant_id: int, objects: Sequence[tuple[str, int]], limit: int = 20
) -> list[Change]:
    """Return the newest audited changes of some objects, given as ``("thing", 7)``."""
    if not objects:
        return []
    where = " OR ".join("(kind=? AND object_id=?)" for _ in objects)
    params: list[Any] = [tenant_id]
    for kind, row_id in objects:
        params += [kind, str(row_id)]
    with reader() as r:
        rows = r.select(
            "SELECT id, at_us, actor_label, verb, kind, object_id, label, before, after"
            f" FROM obs_audit WHERE tenant_id=? AND ({where}) ORDER BY at_us DESC, id DESC LIMIT ?",
            (*params, limit),
        )
    return [_change(*row) for row in rows]


def _change(*row: Any) -> Change:
    *head, before, after = row
    values = [*head, _json(before), _json(after)]
    return Change(*values)


def _json(text: str | None) -> dict[str, Any]:
    decoded = None if text is None else msgspec.json.decode(text)
    return decoded if isinstance(decoded, dict) else {}


def list_names(tenant_id: int) -> tuple[list[str], list[tuple[str, str]], list[str]]:
    """Return what forms propose: observed properties, (unit symbol, name) and licences in use."""
    with reader() as r:
        properties = r.select(
            "SELECT DISTINCT name FROM obs_observed_property WHERE tenant_id=? ORDER BY name",
            (tenant_id,),
        )
        units = r.select(
            "SELECT DISTINCT unit_symbol, unit_name FROM obs_datastream WHERE tenant_id=?"
            " AND unit_symbol IS NOT NULL ORDER BY unit_symbol",
            (tenant_id,),
        )
        licences = r.select(
            "SELECT DISTINCT licence FROM obs_datastream WHERE tenant_id=? AND licence<>''"
            " ORDER BY licence",
            (tenant_id,),
        )
    return [row[0] for row in properties], list(units), [row[0] for row in licences]
