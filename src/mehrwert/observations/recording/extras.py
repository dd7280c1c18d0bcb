"""What few readings have and most do not: JSON results, parameters, validity, quality in words."""

from mehrwert.observations.stores.base import Row

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
