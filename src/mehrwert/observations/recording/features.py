"""What a reading is about: a named feature, or a copy of the place of its thing."""

from collections.abc import Iterable

from mehrwert.observations.geometry import bounds_of, geometry_of
from mehrwert.observations.stores.base import Row, Transaction

from .ledger import put_change
from .state import State

# (datastream, feature) whose box is already part of the series' box; forgetting costs one query
_seen: set[tuple[int, int]] = set()
_SEEN_AT_MOST = 200_000


def default_feature(tx: Transaction, state: State, now_us: int) -> int | None:
    """Return the feature made from the current place of the thing; make it if needed.

    It is kept in the state until the place changes. None: the thing is nowhere.
    """
    if state.feature_id is not None:
        return state.feature_id
    found = tx.select(
        "SELECT l.id, l.content_hash, l.name, l.description, l.encoding_type, l.location"
        " FROM obs_datastream d JOIN obs_thing_location tl ON tl.thing_id = d.thing_id"
        " JOIN obs_location l ON l.id = tl.location_id WHERE d.id=? ORDER BY l.id LIMIT 1",
        (state.datastream_id,),
    )
    if not found:
        return None
    place = found[0]
    feature_id = _find(tx, state.tenant_id, place) or _make(tx, state.tenant_id, place, now_us)
    state.feature_id = feature_id
    state.dirty = True
    _meet(tx, state, feature_id, place[4], place[5])
    return feature_id


def _find(tx: Transaction, tenant_id: int, place: Row) -> int | None:
    found = tx.select(
        "SELECT id FROM obs_feature WHERE tenant_id=? AND origin_location_id=? AND origin_hash=?",
        (tenant_id, place[0], place[1]),
    )
    return int(found[0][0]) if found else None


def _make(tx: Transaction, tenant_id: int, place: Row, now_us: int) -> int:
    """Insert the copy; if another process was faster, take its row."""
    location_id, content_hash, name, description, encoding, value = place
    geometry = geometry_of(value)
    lon, lat = (None, None) if geometry is None else (geometry.centroid.x, geometry.centroid.y)
    made = tx.execute(
        "INSERT INTO obs_feature (tenant_id, name, description, encoding_type, feature,"
        " origin_location_id, origin_hash, lon, lat, created_us)"
        " VALUES (?,?,?,?,?,?,?,?,?,?)"
        " ON CONFLICT (tenant_id, origin_location_id, origin_hash) DO NOTHING",
        (
            *(tenant_id, name, description, encoding, value),
            *(location_id, content_hash, lon, lat, now_us),
        ),
    )
    feature_id = _find(tx, tenant_id, place)
    if feature_id is None:
        raise RuntimeError("feature vanished in its own transaction")
    if made:
        tx.set_geometry("obs_feature", feature_id, geometry)
        put_change(tx, tenant_id, ("feature", feature_id), now_us)
    return feature_id


def known_features(tx: Transaction, state: State, asked: Iterable[int]) -> set[int]:
    """Return which of these features exist in the tenant; widen the series' box by new ones."""
    ids = sorted(set(asked))
    known: set[int] = set()
    for start in range(0, len(ids), 500):
        part = ids[start : start + 500]
        rows = tx.select(
            "SELECT id, encoding_type, feature FROM obs_feature WHERE tenant_id=?"
            f" AND id IN ({','.join('?' * len(part))})",
            (state.tenant_id, *part),
        )
        for feature_id, encoding, value in rows:
            known.add(int(feature_id))
            _meet(tx, state, feature_id, encoding, value)
    return known


def _meet(tx: Transaction, state: State, feature_id: int, encoding: str, value: str) -> None:
    """Note that a series has readings about a feature, and widen its box."""
    key = (state.datastream_id, feature_id)
    if key in _seen and state.min_lon is not None:
        return
    if len(_seen) > _SEEN_AT_MOST:
        _seen.clear()
    _seen.add(key)
    tx.execute(
        "INSERT INTO obs_series_feature (feature_id, datastream_id) VALUES (?,?)"
        " ON CONFLICT (feature_id, datastream_id) DO NOTHING",
        (feature_id, state.datastream_id),
    )
    bounds = bounds_of(value)
    if bounds is not None:
        state.note_bounds(bounds)


def forget() -> None:
    """Forget what was taken as written: the transaction was rolled back."""
    _seen.clear()
