"""Writing rows of ``CreateObservations``: usable ones as columns, an answer to each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from mehrwert.observations import actions
from mehrwert.observations.errors import BadReadingError

from ..bodies import DataArrayBody, Reading, reading_of
from ..errors import BadRequestError, BadValueError
from ..times import parse_instants
from .common import Tx
from .readings import WORDS, Context, batch_of, flagged

# rows of a group from which on columns are quicker than rows
COLUMNS_FROM = 20
_USUAL = {"phenomenonTime", "result"}


@dataclass(slots=True)
class Arrays:
    """Rows of ``CreateObservations``: usable ones as columns, answers to all in order."""

    answers: list[int | str]
    batches: list[actions.ReadingBatch]
    places: list[Sequence[int]]


def arrange(groups: list[DataArrayBody], may_write: Callable[[int], bool]) -> Arrays:
    """Return the rows ready to be stored."""
    arrays = Arrays([], [], [])
    ready: Sequence[actions.ReadingBatch | None]
    ready = _columns_of(groups) or [None] * len(groups)
    for group, columns in zip(groups, ready, strict=True):
        batch, where = _batch_of(group, columns, arrays.answers)
        if batch is not None and not may_write(group.datastream.id):
            for i in where:
                arrays.answers[i] = "error: unknown Datastream"
        elif batch is not None:
            arrays.batches.append(batch)
            arrays.places.append(where)
    return arrays


def _batch_of(
    group: DataArrayBody, batch: actions.ReadingBatch | None, answers: list[int | str]
) -> tuple[actions.ReadingBatch | None, Sequence[int]]:
    """Return the usable rows of a group and their places in ``answers``.

    Args:
        group: As sent.
        batch: Its rows as columns, if that was possible.
        answers: Grows by one for each row.
    """
    if batch is None:
        columns = _columns_of([group])
        batch = columns[0] if columns else None
    if batch is not None:
        first = len(answers)
        answers += [0] * len(group.rows)
        return batch, range(first, len(answers))
    good, where = _readings_of(group, answers)
    return (batch_of(group.datastream.id, good) if good else None), where


def _columns_of(groups: list[DataArrayBody]) -> list[actions.ReadingBatch] | None:
    """Return usual groups as columns, all their times read at once.

    Returns:
        None if one of them must be looked at row by row, or if there are few rows.
    """
    sizes = [len(group.rows) for group in groups]
    if sum(sizes) < COLUMNS_FROM or any(set(group.components) != _USUAL for group in groups):
        return None
    try:
        columns = [
            dict(zip(group.components, zip(*group.rows, strict=True), strict=True))
            for group in groups
        ]
    except ValueError:
        return None
    times = parse_instants([text for one in columns for text in one["phenomenonTime"]])
    if times is None:
        return None
    parts = np.split(times, np.cumsum(sizes)[:-1])
    return [
        flagged(
            actions.ReadingBatch(group.datastream.id, part, one["result"], feature_required=True)
        )
        for group, part, one in zip(groups, parts, columns, strict=True)
    ]


async def record_arrays(context: Context, arrays: Arrays) -> list[int | str]:
    """Store the rows of ``CreateObservations``; return id or error per row, in order."""
    if arrays.batches:
        try:
            outcome = await actions.arecord_observations(context, arrays.batches)
        except BadReadingError as error:
            raise BadValueError(field=f"dataArray[{error.data['row']}]") from error
        _note(arrays, outcome)
    return arrays.answers


def record_arrays_in(tx: Tx, context: Context, arrays: Arrays) -> list[int | str]:
    """Do the same as part of a transaction."""
    if arrays.batches:
        try:
            outcome = actions.record_in(tx, context, arrays.batches)
        except BadReadingError as error:
            raise BadValueError(field=f"dataArray[{error.data['row']}]") from error
        _note(arrays, outcome)
    return arrays.answers


def _note(arrays: Arrays, outcome: actions.WriteOutcome) -> None:
    for rows, where in zip(outcome.rows, arrays.places, strict=True):
        if isinstance(where, range) and outcome.failed == 0 and None not in rows.ids:
            arrays.answers[where.start : where.stop] = rows.ids  # type: ignore[assignment]
            continue
        for i, row_id, status in zip(where, rows.ids, rows.statuses, strict=True):
            if row_id is None:
                arrays.answers[i] = f"error: {WORDS.get(status, status.value)}"
            else:
                arrays.answers[i] = row_id


def _readings_of(group: DataArrayBody, answers: list[int | str]) -> tuple[list[Reading], list[int]]:
    """Return usable readings and their places in ``answers``; others get their error there."""
    names = group.components
    width = len(names)
    good: list[Reading] = []
    where: list[int] = []
    for row in group.rows:
        answers.append(0)
        try:
            if len(row) != width:
                raise BadValueError(field="dataArray")
            good.append(reading_of(dict(zip(names, row, strict=True))))
        except BadRequestError as error:
            answers[-1] = f"error: {error.data.get('field', error.code)}"
        else:
            where.append(len(answers) - 1)
    return good, where
