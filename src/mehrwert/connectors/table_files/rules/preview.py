"""The preview of a table: its first rows and what each column seems to mean."""

from dataclasses import dataclass
from enum import StrEnum

from mehrwert.base.tables.numbers import EMPTY, looks_numeric
from mehrwert.base.tables.reading import Row
from mehrwert.base.tables.sniffing import Sniffed
from mehrwert.base.tables.times import join_clock

from .meaning import Guess, guess_interval_s, guess_meaning
from .plan import ReadingPlan, column_letter

ROWS = 10


class Role(StrEnum):
    """What a column is."""

    TIME = "time"
    CLOCK = "clock"
    VALUE = "value"
    IGNORE = "ignore"


@dataclass(frozen=True, slots=True)
class PreviewColumn:
    """One column with its first cells; ``guess`` only for values."""

    position: int
    letter: str
    name: str
    cells: tuple[str, ...]
    role: Role
    guess: Guess | None


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would read, before anything is stored."""

    columns: list[PreviewColumn]
    rows: list[tuple[int, Row]]
    interval_s: int | None
    decimal_is_sure: bool


def make_preview(sniffed: Sniffed, plan: ReadingPlan) -> Preview:
    """Return the preview of a file from its beginning."""
    where = plan.time.columns
    by_column = list(zip(*sniffed.rows, strict=True))
    columns = []
    for position, name in enumerate(plan.names):
        cells = by_column[position]
        role = Role.VALUE if _has_numbers(cells) else Role.IGNORE
        if sniffed.time is not None and position in (where.date, where.clock):
            role = Role.TIME if position == where.date else Role.CLOCK
        letter = column_letter(position)
        guess = guess_meaning(name or letter) if role is Role.VALUE else None
        columns.append(PreviewColumn(position, letter, name, cells[:ROWS], role, guess))
    clock = list(by_column[where.date])
    if where.clock >= 0:
        clock = join_clock(clock, by_column[where.clock])
    rows = list(enumerate(sniffed.rows[:ROWS], start=plan.how.first_row))
    return Preview(columns, rows, guess_interval_s(clock, where), sniffed.decimal_is_sure)


def _has_numbers(cells: tuple[str, ...]) -> bool:
    """Say whether most filled cells are numbers; a column without any may be filled later."""
    filled = [cell for cell in cells if cell.strip().lower() not in EMPTY]
    return sum(looks_numeric(cell) for cell in filled) >= len(filled) / 2
