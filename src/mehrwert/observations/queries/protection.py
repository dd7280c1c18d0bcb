"""Which protection series have, and the entities that belong to them."""

import time
from collections.abc import Collection

from mehrwert.observations.choices import Protection

from .store import reader

KEPT_S = 1.0
MOST_KEPT = 10_000

_STREAMS = "SELECT DISTINCT protection FROM obs_datastream WHERE tenant_id=? AND "
# kind → which series belong to an entity; the last parameter is its id
_OF: dict[str, str] = {
    "thing": "thing_id=?",
    "datastream": "id=?",
    "sensor": "sensor_id=?",
    "observed_property": "observed_property_id=?",
    "location": "thing_id IN (SELECT thing_id FROM obs_thing_location WHERE location_id=?)",
    "historical_location": "thing_id=(SELECT thing_id FROM obs_historical_location WHERE id=?)",
    "feature": "id IN (SELECT datastream_id FROM obs_datastream_state WHERE feature_id=?)",
}


def read_protections(tenant_id: int, datastream_ids: Collection[int]) -> dict[int, str]:
    """Return the protection of each of these series that exists in the tenant."""
    ids = sorted(datastream_ids)
    if not ids:
        return {}
    marks = ",".join("?" * len(ids))
    with reader() as r:
        rows = r.select(
            f"SELECT id, protection FROM obs_datastream WHERE tenant_id=? AND id IN ({marks})",
            (tenant_id, *ids),
        )
    return dict(rows)


def read_protections_of(tenant_id: int, kind: str, entity_id: int) -> set[str]:
    """Return the protections of all series that belong to an entity; empty if there are none."""
    with reader() as r:
        rows = r.select(_STREAMS + _OF[kind], (tenant_id, entity_id))
    return {row[0] for row in rows}


def list_changed(
    tenant_id: int, datastream_id: int, first_seq: int, last_seq: int, limit: int
) -> list[int]:
    """Return which readings of a range were ever changed after they were stored, by seq."""
    with reader() as r:
        rows = r.select(
            "SELECT DISTINCT seq FROM obs_observation_history WHERE tenant_id=?"
            " AND datastream_id=? AND seq>=? AND seq<=? ORDER BY seq LIMIT ?",
            (tenant_id, datastream_id, first_seq, last_seq, limit),
        )
    return [row[0] for row in rows]


_kept: dict[int, tuple[float, dict[int, str]]] = {}


def has_restricted_at_hand(tenant_id: int) -> bool:
    """Say whether ``read_restricted`` answers without asking the store."""
    found = _kept.get(tenant_id)
    return found is not None and found[0] > time.monotonic()


def read_restricted(tenant_id: int) -> dict[int, str]:
    """Return id → name of the series whose readers are written down; at most a second old."""
    found = _kept.get(tenant_id)
    now = time.monotonic()
    if found is not None and found[0] > now:
        return found[1]
    with reader() as r:
        rows = r.select(
            "SELECT id, name FROM obs_datastream WHERE tenant_id=? AND protection IN (?,?)",
            (tenant_id, Protection.PERSONAL.value, Protection.CRITICAL.value),
        )
    if len(_kept) > MOST_KEPT:
        _kept.clear()
    restricted: dict[int, str] = dict(rows)
    _kept[tenant_id] = (now + KEPT_S, restricted)
    return restricted
