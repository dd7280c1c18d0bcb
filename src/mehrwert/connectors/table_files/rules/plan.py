"""What a table means: where its time stands, which columns are values."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mehrwert.base.tables.errors import NoColumnsError
from mehrwert.base.tables.reading import TableFormat
from mehrwert.base.tables.sniffing import Sniffed, TimeColumns
from mehrwert.base.tables.times import TimeKind
from mehrwert.base.tables.zones import ClockChange

ZONE = "Europe/Berlin"


@dataclass(frozen=True, slots=True)
class Window:
    """Only readings in ``[from_us, until_us)``; None = without end."""

    from_us: int | None = None
    until_us: int | None = None

    def holds(self, times: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Return which of some times lie inside."""
        inside = np.ones(len(times), dtype=np.bool_)
        if self.from_us is not None:
            inside &= times >= self.from_us
        if self.until_us is not None:
            inside &= times < self.until_us
        return inside


EVERYTHING = Window()


@dataclass(frozen=True, slots=True)
class TimePlan:
    """How the time of a row becomes UTC.

    Args:
        columns: Where it stands and how it is written.
        zone: Zone of times without offset.
        change: What the rows of the repeated hour mean; None = not asked yet, they are left out.
        covers_s: Length of the interval that begins at the time, 0 for an instant.
    """

    columns: TimeColumns
    zone: str = ZONE
    change: ClockChange | None = None
    covers_s: int = 0


@dataclass(frozen=True, slots=True)
class ReadingPlan:
    """How rows become readings. ``values`` are positions of columns, ``names`` of all columns."""

    how: TableFormat
    time: TimePlan
    values: tuple[int, ...]
    names: tuple[str, ...]

    @property
    def width(self) -> int:
        """Return the number of columns."""
        return len(self.names)

    def name_of(self, column: int) -> str:
        """Return the name of a column, or its letter as in a spreadsheet."""
        return self.names[column] or column_letter(column)


def column_letter(column: int) -> str:
    """Return ``A`` for 0, ``Z`` for 25, ``AA`` for 26."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def plan_to_json(plan: ReadingPlan) -> dict[str, Any]:
    """Return a plan as JSON."""
    return asdict(plan)


def plan_from_json(data: Mapping[str, Any]) -> ReadingPlan:
    """Return the plan that was stored."""
    time = data["time"]
    columns = TimeColumns(**{**time["columns"], "kind": TimeKind(time["columns"]["kind"])})
    change = ClockChange(time["change"]) if time["change"] else None
    return ReadingPlan(
        TableFormat(**data["how"]),
        TimePlan(columns, time["zone"], change, time["covers_s"]),
        tuple(data["values"]),
        tuple(data["names"]),
    )


def with_change(plan: ReadingPlan, change: ClockChange | None) -> ReadingPlan:
    """Return the plan with another answer to the question of the repeated hour."""
    return replace(plan, time=replace(plan.time, change=change))


def first_plan(sniffed: Sniffed) -> ReadingPlan:
    """Return what the beginning of a file suggests: every numeric column is a value.

    Raises:
        NoColumnsError: There are no rows with data.
    """
    if not sniffed.rows:
        raise NoColumnsError
    where = sniffed.time or TimeColumns(0, TimeKind.YMD)
    values = tuple(i for i in range(len(sniffed.names)) if i not in (where.date, where.clock))
    return ReadingPlan(sniffed.how, TimePlan(where), values, tuple(sniffed.names))
