"""Turns rows of text into columns of readings, and says what cannot be read."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mehrwert.base.tables.numbers import parse_number, parse_numbers
from mehrwert.base.tables.reading import Chunk, Row
from mehrwert.base.tables.times import join_clock, parse_times
from mehrwert.base.tables.zones import ClockChange, offsets_of, resolve
from mehrwert.connectors.table_files.choices import ProblemCode

from .plan import EVERYTHING, ReadingPlan, Window
from .tally import Problem, Tally

SECOND_US = 1_000_000
DAY_S = 86_400
MOST_CELL_CHARS = 60


@dataclass(slots=True)
class Readings:
    """Usable rows of a chunk in ascending time.

    ``columns`` has the numbers per position of a column, NaN where there is none; ``merged``
    marks rows that hold both hours of the clock change.
    """

    times_us: NDArray[np.int64]
    ends_us: NDArray[np.int64] | None
    rows: NDArray[np.int64]
    merged: NDArray[np.bool_]
    columns: dict[int, NDArray[np.float64]]


@dataclass(slots=True)
class _Rows:
    """Rows of the right width while they are looked at."""

    numbers: Sequence[int]
    cells: list[Sequence[str]]
    clock: Sequence[str]
    problems: list[Problem]


class Interpreter:
    """Reads one table chunk by chunk; remembers only the times of repeated hours."""

    def __init__(
        self, plan: ReadingPlan, seen: Sequence[int] = (), window: Window = EVERYTHING
    ) -> None:
        self.plan = plan
        self.seen = set(seen)
        self.window = window

    def state(self) -> list[int]:
        """Return what must be remembered to go on after an interruption."""
        return sorted(self.seen)

    def read(self, chunk: Chunk, tally: Tally) -> Readings:
        """Return the readings of a chunk; count what was found in ``tally``."""
        rows = self._rows(chunk)
        times, usable, merged = self._times(rows, tally)
        columns = self._columns(rows, usable, tally)
        order = self._order(rows, times, usable)
        tally.rows += len(rows.numbers) + sum(p.code is ProblemCode.CELLS for p in rows.problems)
        tally.note(sorted(rows.problems, key=lambda problem: (problem.row, problem.column)))
        readings = Readings(
            times[order],
            self._ends(times[order]),
            np.array(rows.numbers, dtype=np.int64)[order],
            merged[order],
            {column: values[order] for column, values in columns.items()},
        )
        _count(readings, tally)
        return readings

    def _rows(self, chunk: Chunk) -> _Rows:
        """Keep rows with the right number of cells, as columns."""
        width = self.plan.width
        numbers: Sequence[int] = range(chunk.first_row, chunk.first_row + len(chunk.rows))
        kept: list[Row] = chunk.rows
        problems: list[Problem] = []
        if set(map(len, chunk.rows)) != {width}:
            numbers, kept, problems = self._right_rows(chunk)
        cells: list[Sequence[str]] = list(zip(*kept, strict=True)) or [()] * width
        where = self.plan.time.columns
        clock: Sequence[str] = cells[where.date]
        if where.clock >= 0:
            clock = join_clock(clock, cells[where.clock])
        return _Rows(numbers, cells, clock, problems)

    def _right_rows(self, chunk: Chunk) -> tuple[list[int], list[Row], list[Problem]]:
        """Leave out blank rows; report those that are too long or too short."""
        width = self.plan.width
        numbers: list[int] = []
        kept: list[Row] = []
        problems: list[Problem] = []
        for number, row in enumerate(chunk.rows, start=chunk.first_row):
            if not any(row):
                continue
            if len(row) < width or any(row[width:]):
                problems.append(Problem(number, 0, "", ProblemCode.CELLS, str(len(row))))
            else:
                numbers.append(number)
                kept.append(row[:width])
        return numbers, kept, problems

    def _times(
        self, rows: _Rows, tally: Tally
    ) -> tuple[NDArray[np.int64], NDArray[np.bool_], NDArray[np.bool_]]:
        """Return UTC times, which rows are usable, and which hold both hours."""
        plan = self.plan.time
        parsed = parse_times(rows.clock, plan.columns.kind)
        usable = np.ones(len(rows.numbers), dtype=np.bool_)
        usable[parsed.bad] = False
        usable[parsed.empty] = False
        for position in parsed.bad:
            self._time_problem(rows, position, _bad_time_code(rows.clock[position]))
        for position in parsed.empty:
            if any(column[position] for column in rows.cells):
                self._time_problem(rows, position, ProblemCode.NO_TIME)
        local = resolve(parsed.us, plan.zone)
        times = np.where(parsed.is_local, local.us, parsed.us)
        usable &= self.window.holds(times)
        missing = local.missing & parsed.is_local & usable
        for position in np.flatnonzero(missing).tolist():
            self._time_problem(rows, position, ProblemCode.MISSING_HOUR)
        usable &= ~missing
        repeated = local.repeated & parsed.is_local & usable
        tally.repeated += int(repeated.sum())
        merged = np.zeros(len(usable), dtype=np.bool_)
        for position in np.flatnonzero(repeated).tolist():
            gain = int(local.gain_us[position])
            self._settle(rows, position, times, (usable, merged), gain)
        return times, usable, merged

    def _settle(
        self,
        rows: _Rows,
        position: int,
        times: NDArray[np.int64],
        masks: tuple[NDArray[np.bool_], NDArray[np.bool_]],
        gain_us: int,
    ) -> None:
        """Decide on a row of the repeated hour; remember the first of two."""
        usable, merged = masks
        plan, first_us = self.plan.time, int(times[position])
        is_second = first_us in self.seen
        self.seen.add(first_us)
        if plan.change is ClockChange.BOTH:
            later = is_second != plan.columns.is_descending
            times[position] = first_us + gain_us if later else first_us
        elif plan.change is ClockChange.MERGED and not is_second:
            merged[position] = True
            self._time_problem(rows, position, ProblemCode.MERGED_HOUR)
        else:
            usable[position] = False
            is_merged = plan.change is ClockChange.MERGED
            code = ProblemCode.SAME_TIME if is_merged else ProblemCode.REPEATED_HOUR
            self._time_problem(rows, position, code)

    def _columns(
        self, rows: _Rows, usable: NDArray[np.bool_], tally: Tally
    ) -> dict[int, NDArray[np.float64]]:
        """Return the numbers of the columns with values; cells of unusable rows tell nothing."""
        decimal = self.plan.how.decimal
        if not usable.any():
            return {column: np.empty(len(usable)) for column in self.plan.values}
        columns = {}
        for column in self.plan.values:
            cells = rows.cells[column]
            values, bad = parse_numbers(cells, decimal)
            wrong = [position for position in bad if usable[position]]
            tally.empty += int(np.isnan(values[usable]).sum()) - len(wrong)
            for position in wrong:
                code = _bad_number_code(cells[position], decimal)
                rows.problems.append(self._problem(rows, position, column, code, cells[position]))
            columns[column] = values
        return columns

    def _order(
        self, rows: _Rows, times: NDArray[np.int64], usable: NDArray[np.bool_]
    ) -> NDArray[np.int64]:
        """Return positions of usable rows by time; of two with the same time the first."""
        kept = np.flatnonzero(usable)
        if len(kept) < 2 or bool((np.diff(times[kept]) > 0).all()):
            return kept
        kept = kept[np.argsort(times[kept], kind="stable")]
        again = np.concatenate(([False], np.diff(times[kept]) == 0))
        for position in kept[again].tolist():
            self._time_problem(rows, position, ProblemCode.SAME_TIME)
        return kept[~again]

    def _ends(self, times: NDArray[np.int64]) -> NDArray[np.int64] | None:
        """Return where the intervals end; days and longer follow the local clock."""
        covers_s = self.plan.time.covers_s
        if not covers_s:
            return None
        if covers_s % DAY_S or self.plan.time.columns.has_offset:
            return times + covers_s * SECOND_US
        zone = self.plan.time.zone
        local = times + offsets_of(times, zone)
        return resolve(local + covers_s * SECOND_US, zone).us

    def _time_problem(self, rows: _Rows, position: int, code: ProblemCode) -> None:
        column = self.plan.time.columns.date
        rows.problems.append(self._problem(rows, position, column, code, rows.clock[position]))

    def _problem(
        self, rows: _Rows, position: int, column: int, code: ProblemCode, cell: str
    ) -> Problem:
        name = self.plan.name_of(column)
        return Problem(rows.numbers[position], column + 1, name, code, shown(cell))


def shown(cell: str) -> str:
    """Return a cell so that it can be shown: short, without bytes that are no text."""
    text = "".join(sign if sign.isprintable() else "\ufffd" for sign in cell.strip())
    return text if len(text) <= MOST_CELL_CHARS else text[: MOST_CELL_CHARS - 1] + "…"


def problem_to_json(problem: Problem) -> list[Any]:
    """Return a problem as a short list."""
    return [problem.row, problem.column, problem.name, problem.code.value, problem.cell]


def _count(readings: Readings, tally: Tally) -> None:
    for column, values in readings.columns.items():
        n = int(np.isfinite(values).sum())
        tally.values += n
        tally.values_of[column] += n
    if len(readings.times_us):
        tally.cover(int(readings.times_us[0]), int(readings.times_us[-1]))


def _bad_time_code(cell: str) -> ProblemCode:
    return ProblemCode.ENCODING if _is_undecoded(cell) else ProblemCode.TIME


def _bad_number_code(cell: str, decimal: str) -> ProblemCode:
    if _is_undecoded(cell):
        return ProblemCode.ENCODING
    other = "." if decimal == "," else ","
    return ProblemCode.NUMBER if parse_number(cell, other) is None else ProblemCode.DECIMAL


def _is_undecoded(cell: str) -> bool:
    return any("\ud800" <= sign <= "\udfff" or sign == "\ufffd" for sign in cell)
