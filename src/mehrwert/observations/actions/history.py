"""Changing what is known of where things were."""

from collections.abc import Sequence
from typing import Any

from mehrwert.base.clock import now_us
from mehrwert.observations.errors import UnknownEntityError
from mehrwert.observations.recording import entities, places
from mehrwert.observations.recording.ledger import put_audit, put_change
from mehrwert.observations.recording.types import WriteContext
from mehrwert.observations.stores.base import Transaction

from .transaction import run

_READ = "SELECT thing_id, time FROM obs_historical_location WHERE id=? AND tenant_id=?"
_PLACES = (
    "SELECT location_id FROM obs_historical_location_location"
    " WHERE historical_location_id=? ORDER BY location_id"
)


def update_historical_location(
    context: WriteContext,
    historical_id: int,
    *,
    tx: Transaction | None = None,
    time_us: int | None = None,
    thing_id: int | None = None,
    location_ids: Sequence[int] = (),
) -> None:
    """Change since when, which thing, and add places; if it is the newest, the thing is there now.

    Raises:
        UnknownEntityError: No such row in the tenant.
        UnknownLinkError: No such thing or place.
    """

    def work(tx: Transaction, now: int) -> None:
        tenant_id = context.tenant_id
        found = tx.select(_READ, (historical_id, tenant_id))
        if not found:
            raise UnknownEntityError(kind="historical_location", id=historical_id)
        thing = found[0][0] if thing_id is None else thing_id
        time = found[0][1] if time_us is None else time_us
        entities.check_exists(tx, tenant_id, "thing", [thing])
        entities.check_exists(tx, tenant_id, "location", location_ids)
        before = _state(tx, historical_id, *found[0])
        tx.execute(
            "UPDATE obs_historical_location SET thing_id=?, time=? WHERE id=?",
            (thing, time, historical_id),
        )
        _add_places(tx, tenant_id, historical_id, location_ids)
        after = _state(tx, historical_id, thing, time)
        if after == before:
            return
        if after["location_ids"] and places.is_newest(tx, thing, time):
            places.put_thing_locations(tx, tenant_id, thing, after["location_ids"])
        what = ("historical_location", historical_id)
        put_audit(tx, context, now_us(), verb="update", what=what, change=("", before, after))
        put_change(tx, tenant_id, what, now)

    run(tx, work)


def _state(tx: Transaction, historical_id: int, thing_id: int, time_us: int) -> dict[str, Any]:
    at = [row[0] for row in tx.select(_PLACES, (historical_id,))]
    return {"thing_id": thing_id, "time": time_us, "location_ids": at}


def _add_places(
    tx: Transaction, tenant_id: int, historical_id: int, location_ids: Sequence[int]
) -> None:
    known = {row[0] for row in tx.select(_PLACES, (historical_id,))}
    added = [i for i in dict.fromkeys(location_ids) if i not in known]
    if added:
        tx.insert_many(
            "obs_historical_location_location",
            ("tenant_id", "historical_location_id", "location_id"),
            [(tenant_id, historical_id, location_id) for location_id in added],
        )
