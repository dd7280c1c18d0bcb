"""One reading with what was done to it."""

from dataclasses import dataclass
from typing import Any

import msgspec

from mehrwert.observations.errors import UnknownEntityError
from mehrwert.observations.recording.types import ID_SHIFT

from .edits import SHOWN
from .series import READING_SQL, ObservationRow, reading_of
from .store import check_datastream, reader

MOST_CHANGES = 50
_ONE_SQL = f"{READING_SQL} WHERE o.datastream_id=? AND o.seq=?"
_SAME_EDIT = (
    "SELECT max(k.id) FROM obs_observation_history k WHERE k.datastream_id=h.datastream_id"
    " AND k.changed_us=h.changed_us AND k.verb=h.verb AND k.actor_kind=h.actor_kind"
    " AND k.actor_id=h.actor_id AND coalesce(k.import_batch_id, 0)=coalesce(h.import_batch_id, 0)"
)


@dataclass(frozen=True, slots=True)
class ValueChange:
    """What was done to a reading; ``before`` is what it was, ``edit_id`` the edit it belongs to."""

    edit_id: int
    verb: str
    changed_us: int
    actor_label: str
    reason: str
    before: Any


def read_value(
    tenant_id: int, datastream_id: int, observation_id: int
) -> tuple[int, ObservationRow, list[ValueChange]]:
    """Return the number of a reading within its series, the reading, its changes newest first.

    Raises:
        UnknownEntityError: No such reading of a series of the tenant.
    """
    with reader() as r:
        check_datastream(r, tenant_id, datastream_id)
        moved = r.select(
            "SELECT seq FROM obs_moved_observation WHERE id=? AND datastream_id=?",
            (observation_id, datastream_id),
        )
        seq = moved[0][0] if moved else observation_id - (datastream_id << ID_SHIFT)
        rows = r.select(_ONE_SQL, (datastream_id, seq)) if 0 <= seq < 2**31 else []
        found = [reading_of(datastream_id, row) for row in rows]
        if not found or found[0].id != observation_id:
            raise UnknownEntityError(kind="observation", id=observation_id)
        marks = ",".join("?" * len(SHOWN))
        changes = r.select(
            f"SELECT ({_SAME_EDIT}), h.verb, h.changed_us, h.actor_label, h.reason, h.result,"
            " CAST(h.result_json AS text) FROM obs_observation_history h WHERE h.tenant_id=?"
            f" AND h.datastream_id=? AND h.seq=? AND h.verb IN ({marks})"
            " ORDER BY h.id DESC LIMIT ?",
            (tenant_id, datastream_id, seq, *SHOWN, MOST_CHANGES),
        )
    return seq, found[0], [_change(*row) for row in changes]


def _change(*row: Any) -> ValueChange:
    edit_id, verb, changed_us, who, why, number, text = row
    before = number if text is None else msgspec.json.decode(text)
    return ValueChange(edit_id, verb, changed_us, who, why, before)
