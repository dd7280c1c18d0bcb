"""A package with data, in memory: which rule would have spoken, what the plan could use.

Nothing is stored; when the answer is given, nothing of it is left.
"""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings

from mehrwert.alerts.queries import Past, try_values
from mehrwert.base.clock import from_us
from mehrwert.base.tables.errors import TableError
from mehrwert.base.tables.numbers import looks_numeric, parse_numbers
from mehrwert.base.tables.reading import read_chunks
from mehrwert.base.tables.sniffing import Sniffed, padded, sniff
from mehrwert.base.tables.times import join_clock, parse_times
from mehrwert.base.tables.workbooks import is_workbook, read_sheet
from mehrwert.base.tables.zones import resolve
from mehrwert.evaluation.queries import begins_us, month_of
from mehrwert.starters.alerting import rule_choice
from mehrwert.starters.choices import PieceKind
from mehrwert.starters.errors import TrialTableError
from mehrwert.starters.format.model import Package
from mehrwert.starters.rules import Piece, pieces_of
from mehrwert.starters.rules.pieces import key_of, places_of

HOUR_US = 3_600_000_000
MOST_ROWS = 200_000
Columns = tuple[list[int], list[float]]


@dataclass(frozen=True, slots=True)
class RuleTrial:
    """What one rule would have said of its series."""

    piece: Piece
    past: Past


@dataclass(frozen=True, slots=True)
class Trial:
    """All rules with data, and how many months the indicator has."""

    rules: tuple[RuleTrial, ...]
    n: int
    n_months: int
    first_us: int
    last_us: int

    @property
    def n_alerts(self) -> int:
        """Return how often a rule would have spoken."""
        return sum(len(rule.past.backtest.spells) for rule in self.rules)


def demo_readings(
    package: Package, parameters: Mapping[str, Any], now_us: int
) -> dict[str, Columns]:
    """Return the invented readings of a package as of now: key of a series → times and values.

    Rows of places that the parameters do not name are left out.
    """
    things = {row["key"]: row for row in package.items["thing_type"]}
    slugs = {key: [s for s, _ in places_of(row, parameters)] for key, row in things.items()}
    this_month = month_of(from_us(now_us).date())
    found: dict[str, list[tuple[int, float]]] = {}
    for row in package.demo:
        places = slugs[row.thing]
        number = max(0, row.place - 1)
        if number >= len(places):
            continue
        key = key_of(PieceKind.SERIES, row.thing, places[number], row.series)
        at = (
            begins_us(this_month - row.age_months)
            if row.age_months is not None
            else now_us - int(row.age_h * HOUR_US)
        )
        found.setdefault(key, []).append((at, row.value))
    return {key: _columns(rows) for key, rows in found.items()}


def try_package(
    package: Package, parameters: Mapping[str, Any], readings: Mapping[str, Columns]
) -> Trial:
    """Run the rules of a package over readings, as if it had been there."""
    pieces = pieces_of(package, parameters)
    rules = tuple(
        RuleTrial(piece, _past(piece, readings[piece.links["series"]]))
        for piece in pieces
        if piece.kind is PieceKind.RULE and piece.links["series"] in readings
    )
    times = [at for columns in readings.values() for at in columns[0]]
    months = {
        month_of(from_us(at).date())
        for piece in pieces
        if piece.kind is PieceKind.PLAN
        for at in readings.get(piece.links["series"], ([], []))[0]
    }
    return Trial(rules, len(times), len(months), min(times, default=0), max(times, default=0))


def read_table(path: Path) -> Columns:
    """Return times and values of a table with a column of times and one of numbers.

    Of a workbook the first sheet is read; the copy of it lies beside the file.

    Raises:
        TrialTableError: There is no such pair of columns.
    """
    try:
        if is_workbook(path):
            path = _plain(path)
        sniffed = sniff(path)
        if sniffed.time is None:
            raise TrialTableError
        rows = _rows(path, sniffed)
    except TableError as error:
        raise TrialTableError from error
    if not rows:
        raise TrialTableError
    return _columns(rows)


def _plain(book: Path) -> Path:
    """Write the first sheet of a workbook beside it, so that it is read like any other table."""
    path = book.with_suffix(".sheet.csv")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        for number, row in enumerate(read_sheet(book)):
            if number > MOST_ROWS:
                break
            writer.writerow(row)
    return path


def _past(piece: Piece, columns: Columns) -> Past:
    condition = rule_choice(piece.values).condition
    return try_values(condition, *columns, damage_value=piece.values["damage_value"])


def _columns(rows: Sequence[tuple[int, float]]) -> Columns:
    ordered = sorted(dict(rows).items())
    return [at for at, _ in ordered], [value for _, value in ordered]


def _rows(path: Path, sniffed: Sniffed) -> list[tuple[int, float]]:
    when = sniffed.time
    if when is None:
        return []
    column = _value_column(sniffed, {when.date, when.clock})
    found: list[tuple[int, float]] = []
    for chunk in read_chunks(path, sniffed.how):
        rows = [padded(row, len(sniffed.names)) for row in chunk.rows]
        cells = [row[when.date] for row in rows]
        if when.clock >= 0:
            cells = join_clock(cells, [row[when.clock] for row in rows])
        times = parse_times(cells, when.kind)
        us = np.where(times.is_local, resolve(times.us, settings.TIME_ZONE).us, times.us)
        values, _ = parse_numbers([row[column] for row in rows], sniffed.how.decimal)
        usable = np.isfinite(values)
        usable[[*times.bad, *times.empty]] = False
        found += zip(us[usable].tolist(), values[usable].tolist(), strict=True)
        if len(found) > MOST_ROWS:
            break
    return found[:MOST_ROWS]


def _value_column(sniffed: Sniffed, others: set[int]) -> int:
    """Return the first column besides the time that holds mostly numbers.

    Raises:
        TrialTableError: There is none.
    """
    for column in range(len(sniffed.names)):
        cells = [row[column] for row in sniffed.rows]
        if column not in others and sum(map(looks_numeric, cells)) * 2 > len(cells):
            return column
    raise TrialTableError
