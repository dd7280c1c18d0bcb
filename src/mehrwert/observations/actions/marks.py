"""Notes which readings stand in the store now, so that later ones can be told apart."""

from collections.abc import Sequence

from mehrwert.observations.stores.base import Transaction

from .transaction import run

_ALL = (
    "INSERT INTO obs_sequence_mark (datastream_id, at_us, next_seq)"
    " SELECT datastream_id, ?, next_seq FROM obs_datastream_state WHERE n > 0"
)


def mark_readings(datastream_ids: Sequence[int] | None = None) -> int:
    """Note up to which number each series stands; return the time of the mark, microseconds.

    Args:
        datastream_ids: None means every series of the installation, as the job of the night does.
    """
    found: int = run(None, lambda tx, now: _mark(tx, now, datastream_ids))
    return found


def _mark(tx: Transaction, now: int, ids: Sequence[int] | None) -> int:
    if ids is None:
        tx.execute(f"{_ALL} ON CONFLICT DO NOTHING", (now,))
        return now
    for datastream_id in sorted(set(ids)):
        tx.execute(f"{_ALL} AND datastream_id = ? ON CONFLICT DO NOTHING", (now, datastream_id))
    return now
