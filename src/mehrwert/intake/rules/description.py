"""What a device type measures: the part of a ``device.yml`` that makes series."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

AGGREGATIONS = ("mean", "sum", "last")
PROTECTIONS = ("open", "internal", "personal", "critical")


@dataclass(frozen=True, slots=True)
class Measure:
    """One value of a device; units may be empty."""

    field: str
    name: str
    unit_name: str
    unit_symbol: str
    aggregation: str


def measures_of(description: Mapping[str, Any]) -> dict[str, Measure]:
    """Return the measures by field; what is not understandable is left out."""
    found = {}
    for row in description.get("measures") or ():
        if not isinstance(row, Mapping) or not row.get("field"):
            continue
        field = str(row["field"])
        aggregation = str(row.get("aggregation") or "mean")
        found[field] = Measure(
            field,
            str(row.get("name") or field)[:120],
            str(row.get("unit") or ""),
            str(row.get("symbol") or ""),
            aggregation if aggregation in AGGREGATIONS else "mean",
        )
    return found


def protection_of(description: Mapping[str, Any]) -> str:
    """Return how far its values may be seen; ``internal`` unless the description says otherwise."""
    given = str(description.get("protection") or "internal")
    return given if given in PROTECTIONS else "internal"


def interval_of(description: Mapping[str, Any]) -> int | None:
    """Return the expected seconds between two messages."""
    given = description.get("interval_s")
    return given if type(given) is int and given > 0 else None
