"""The answers for a table in the net: which column is the time, which are values."""

from collections.abc import Mapping

from mehrwert.connectors.pulls.errors import PullInputError

from .recipe import RowShape, Value

AGGREGATIONS = {"mean", "sum", "last"}


def values_of(lines: str) -> list[Value]:
    """Return the values that lines ``column; name; unit; sign; aggregation`` describe.

    Raises:
        PullInputError: A line is not usable.
    """
    found = []
    for number, line in enumerate(filter(str.strip, lines.splitlines())):
        parts = [part.strip() for part in line.split(";")] + [""] * 4
        column, name, unit, symbol, how = parts[:5]
        if not column or (how and how not in AGGREGATIONS):
            raise PullInputError(field="columns", label="Spalten mit Werten")
        found.append(Value(f"v{number}", column, name or column, unit, symbol, how or "mean"))
    if not found:
        raise PullInputError(field="columns", label="Spalten mit Werten")
    return found


def shape_of(answers: Mapping[str, str]) -> RowShape:
    """Return where rows and time stand."""
    return RowShape(time_at=answers["time_column"], zone=answers["zone"])
