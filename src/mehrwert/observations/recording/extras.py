"""What few readings have and most do not: JSON results, parameters, validity, quality in words."""

from typing import Any

from mehrwert.observations.stores.base import Row, Transaction

from .prepare import ExtraRow

EXTRA_TABLE = "obs_observation_extra"
EXTRA_COLUMNS = (
    "datastream_id",
    "seq",
    "result",
    "parameters",
    "valid_start",
    "valid_end",
    "result_quality",
    "qualifiers",
)


def extra_row(datastream_id: int, seq: int, extra: ExtraRow) -> Row:
    """Return a row of ``EXTRA_TABLE``."""
    return (
        datastream_id,
        seq,
        extra.result,
        extra.parameters,
        extra.valid_start,
        extra.valid_end,
        extra.result_quality,
        extra.qualifiers,
    )


def read_extra(tx: Transaction, datastream_id: int, seq: int) -> dict[str, Any]:
    """Return what a reading has beside its columns, by column; all None if it has nothing."""
    names = EXTRA_COLUMNS[2:]
    found = tx.select(
        f"SELECT {','.join(names)} FROM {EXTRA_TABLE} WHERE datastream_id=? AND seq=?",
        (datastream_id, seq),
    )
    return dict(zip(names, found[0] if found else [None] * len(names), strict=True))
