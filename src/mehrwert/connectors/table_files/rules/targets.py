"""Where the columns of a table go: series that exist, or new ones with their metadata."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from mehrwert.connectors.table_files.choices import OnDifference

KEY_PREFIX = "table"
MOST_KEY_CHARS = 150


@dataclass(frozen=True, slots=True)
class Column:
    """Where one column goes: a series with ``datastream_id``, or a new one."""

    datastream_id: int | None = None
    name: str = ""
    quantity: str = ""
    unit_symbol: str = ""
    unit_name: str = ""
    aggregation: str = "mean"


@dataclass(frozen=True, slots=True)
class Targets:
    """All columns, and what new series have in common.

    ``thing_id`` None = a new thing called ``thing_name``.
    """

    columns: dict[int, Column] = field(default_factory=dict)
    thing_id: int | None = None
    thing_name: str = ""
    expected_interval_s: int | None = None
    source: str = ""
    licence: str = ""
    credit: str = ""
    protection: str = "internal"
    difference: OnDifference = OnDifference.KEEP

    @property
    def makes_series(self) -> bool:
        """Say whether at least one column needs a new series."""
        return any(column.datastream_id is None for column in self.columns.values())


def targets_to_json(targets: Targets) -> dict[str, Any]:
    """Return targets as JSON."""
    data = asdict(targets)
    data["columns"] = {str(position): column for position, column in data["columns"].items()}
    return data


def targets_from_json(data: Mapping[str, Any]) -> Targets:
    """Return the targets that were stored."""
    given = dict(data)
    columns = {int(position): Column(**c) for position, c in given.pop("columns", {}).items()}
    difference = OnDifference(given.pop("difference", OnDifference.KEEP))
    return Targets(columns=columns, difference=difference, **given)


def key_of(*words: str | int) -> str:
    """Return a stable key: the same thing and series are found again at the next import."""
    text = ":".join(re.sub(r"\s+", " ", str(word)).strip().casefold() for word in words)
    if len(text) > MOST_KEY_CHARS:
        text = text[:MOST_KEY_CHARS] + hashlib.sha256(text.encode()).hexdigest()[:16]
    return f"{KEY_PREFIX}:{text}"
