"""What goes into the writer and what comes back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from mehrwert.base.actor import Actor
from mehrwert.observations.choices import WRITTEN, DuplicatePolicy, RowStatus

ID_SHIFT = 32
# doors that begin like this write again what was read before; they are told of as one
REPLAY = "replay"


def observation_id(datastream_id: int, seq: int) -> int:
    """Return the public id a reading gets at creation; opaque afterwards."""
    return (datastream_id << ID_SHIFT) + seq


@dataclass(frozen=True, slots=True)
class WriteContext:
    """Who writes, into which municipality, through which door.

    ``door`` is a short word for logs and events: ``sensorthings``, ``table``, ``simulator`` …
    ``reason`` stands in the history of what is changed.
    """

    tenant_id: int
    door: str
    actor: Actor
    key_id: int | None = None
    policy: DuplicatePolicy = DuplicatePolicy.KEEP
    import_id: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Extra:
    """What only few readings have. ``result_quality`` and ``parameters`` are JSON values."""

    parameters: Any = None
    valid_start_us: int | None = None
    valid_end_us: int | None = None
    result_quality: Any = None
    qualifiers: str | None = None


@dataclass(slots=True)
class ReadingBatch:
    """Readings of one series as columns of equal length: lists or numpy arrays.

    Times are int64 microseconds UTC. A reading with an end is the interval ``[time, end)``.
    A result is a number or any other JSON value; None is JSON null. ``qualifiers`` are free words
    per reading (``dst_double``), mostly None. Without ``feature_ids`` a reading is about the
    place of the thing; ``feature_required`` makes a thing without place an error per row.
    """

    datastream_id: int
    times_us: Sequence[int] | Any
    results: Sequence[Any] | Any
    ends_us: Sequence[int | None] | Any | None = None
    result_times_us: Sequence[int | None] | Any | None = None
    feature_ids: Sequence[int | None] | None = None
    qualities: Sequence[int] | Any | None = None
    qualifiers: Sequence[str | None] | None = None
    extras: Sequence[Extra | None] | None = None
    feature_required: bool = False


@dataclass(slots=True)
class BatchOutcome:
    """What became of one batch, in its order. ``ids[i]`` is None where nothing is stored."""

    ids: Sequence[int | None]
    statuses: Sequence[RowStatus]

    def __iter__(self) -> Iterator[tuple[int | None, RowStatus]]:
        return zip(self.ids, self.statuses, strict=True)

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(slots=True)
class WriteOutcome:
    """What became of one call; ``rows`` has one ``BatchOutcome`` per batch."""

    rows: list[BatchOutcome] = field(default_factory=list)
    created: int = 0
    duplicate: int = 0
    corrected: int = 0
    failed: int = 0

    def add(self, outcome: BatchOutcome) -> None:
        """Append the outcome of one batch and count it."""
        self.rows.append(outcome)
        self._count(outcome)

    def extend(self, outcome: BatchOutcome) -> None:
        """Join the outcome of the next part of the same batch to the last one."""
        last = self.rows[-1]
        self.rows[-1] = BatchOutcome([*last.ids, *outcome.ids], [*last.statuses, *outcome.statuses])
        self._count(outcome)

    def _count(self, outcome: BatchOutcome) -> None:
        statuses = outcome.statuses
        if type(statuses) is AllCreated:
            self.created += len(statuses)
            return
        for status in statuses:
            if status is RowStatus.CREATED:
                self.created += 1
            elif status is RowStatus.DUPLICATE:
                self.duplicate += 1
            elif status is RowStatus.CORRECTED:
                self.corrected += 1
            elif status not in WRITTEN:
                self.failed += 1


class AllCreated(Sequence[RowStatus]):
    """``n`` times CREATED without a list of them."""

    def __init__(self, n: int) -> None:
        self._n = n

    def __len__(self) -> int:
        return self._n

    def __getitem__(self, index: Any) -> Any:
        if isinstance(index, slice):
            return AllCreated(len(range(*index.indices(self._n))))
        if not -self._n <= index < self._n:
            raise IndexError(index)
        return RowStatus.CREATED
