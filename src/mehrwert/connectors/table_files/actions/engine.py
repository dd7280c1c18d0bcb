"""Stores the readings of one table, chunk by chunk; knows after each chunk where to go on."""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from mehrwert.base.tables.reading import Chunk, read_chunks
from mehrwert.connectors.table_files.choices import ProblemCode
from mehrwert.connectors.table_files.rules.interpreting import Interpreter, Readings
from mehrwert.connectors.table_files.rules.plan import EVERYTHING, ReadingPlan, Window
from mehrwert.connectors.table_files.rules.tally import Problem, Tally
from mehrwert.observations.actions import (
    ReadingBatch,
    WriteContext,
    WriteOutcome,
    record_observations,
)
from mehrwert.observations.choices import Quality, RowStatus
from mehrwert.observations.errors import (
    QueueFullError,
    StoreBusyError,
    StoreUnreachableError,
    UnknownEntityError,
)

DOUBLE_HOUR = "dst_double"
TRIES = 6
PAUSE_S = 2.0
_PASSING = (QueueFullError, StoreBusyError, StoreUnreachableError)


@dataclass(slots=True)
class Point:
    """Where a table is; everything before ``row`` is stored."""

    row: int = 0
    seen: list[int] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)

    def to_json(self) -> dict[str, Any]:
        """Return what an interrupted job needs."""
        return {"row": self.row, "seen": self.seen, "tally": self.tally.to_json()}

    @classmethod
    def from_json(cls, data: Mapping[str, Any] | None) -> "Point":
        """Return where an interrupted job was, or the beginning."""
        if not data:
            return cls()
        return cls(data["row"], list(data["seen"]), Tally.from_json(data["tally"]))


@dataclass(frozen=True, slots=True)
class Table:
    """One table with its plan and the series of its columns (position → id).

    ``chunks`` yields its rows from a row on.
    """

    chunks: Callable[[int], Iterator[Chunk]]
    plan: ReadingPlan
    series: Mapping[int, int]
    window: Window = EVERYTHING


def store_table(
    context: WriteContext, table: Table, point: Point, after_chunk: Callable[[Point, int], None]
) -> Tally:
    """Store all readings of a table.

    Args:
        context: Who writes; carries the import that can be undone.
        table: What is stored where.
        point: Where to begin; rows stored before are recognised anyway, so nothing is doubled.
        after_chunk: Called with the new point and the bytes consumed after each durable chunk.

    Raises:
        UnavailableError: The store failed; what was stored so far is in the import.
        UnknownEntityError: A series was deleted meanwhile.
    """
    interpreter = Interpreter(table.plan, point.seen, table.window)
    for chunk in table.chunks(point.row):
        readings = interpreter.read(chunk, point.tally)
        _store(context, table, readings, point.tally)
        point.row = chunk.first_row + len(chunk.rows)
        point.seen = interpreter.state()
        after_chunk(point, chunk.position)
    return point.tally


def check_table(
    path: Path, plan: ReadingPlan, after_chunk: Callable[[Chunk], None] = lambda chunk: None
) -> Tally:
    """Read a whole table and store nothing."""
    tally, interpreter = Tally(), Interpreter(plan)
    for chunk in read_chunks(path, plan.how):
        interpreter.read(chunk, tally)
        after_chunk(chunk)
    return tally


def _store(context: WriteContext, table: Table, readings: Readings, tally: Tally) -> None:
    batches: list[ReadingBatch] = []
    sources: list[tuple[int, Any]] = []
    for column, datastream_id in table.series.items():
        kept = np.flatnonzero(np.isfinite(readings.columns[column]))
        if len(kept):
            batches.append(_batch(readings, column, kept, datastream_id))
            sources.append((column, kept))
    if not batches:
        return
    outcome = _record(context, batches)
    if outcome.failed:
        tally.note(_conflicts(table.plan, readings, sources, outcome))


def _batch(readings: Readings, column: int, kept: Any, datastream_id: int) -> ReadingBatch:
    merged = readings.merged[kept]
    batch = ReadingBatch(datastream_id, readings.times_us[kept], readings.columns[column][kept])
    if readings.ends_us is not None:
        batch.ends_us = readings.ends_us[kept]
    if bool(merged.any()):
        batch.qualities = np.where(merged, int(Quality.SUSPECT), int(Quality.UNCHECKED))
        batch.qualifiers = [DOUBLE_HOUR if is_merged else None for is_merged in merged.tolist()]
    return batch


def _record(context: WriteContext, batches: list[ReadingBatch]) -> WriteOutcome:
    """Write; wait while others have filled the queue or the server restarts."""
    for _ in range(TRIES - 1):
        try:
            return record_observations(context, batches)
        except _PASSING:
            time.sleep(PAUSE_S)
    return record_observations(context, batches)


def _conflicts(
    plan: ReadingPlan,
    readings: Readings,
    sources: list[tuple[int, Any]],
    outcome: WriteOutcome,
) -> list[Problem]:
    problems = []
    for (column, kept), answer in zip(sources, outcome.rows, strict=True):
        for position, status in zip(kept.tolist(), answer.statuses, strict=True):
            if status is RowStatus.UNKNOWN_DATASTREAM:
                raise UnknownEntityError(kind="datastream", id=plan.name_of(column))
            if status is RowStatus.CONFLICT:
                when = str(np.datetime64(int(readings.times_us[position]), "us"))[:16]
                cell = when.replace("T", " ") + " UTC"
                row = int(readings.rows[position])
                name = plan.name_of(column)
                problems.append(Problem(row, column + 1, name, ProblemCode.DIFFERENT, cell))
    return problems
