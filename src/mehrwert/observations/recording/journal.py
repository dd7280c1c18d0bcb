"""What a transaction tells afterwards: events, ranges of imports, old values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from mehrwert.observations.events import (
    MAX_DATASTREAMS,
    DatastreamNews,
    ObservationsCorrected,
    ObservationsDeleted,
    ObservationsRecorded,
)
from mehrwert.observations.stores.base import ColumnBlock, Row, Transaction

from .ledger import json_text, put_event
from .prepare import Reading
from .types import REPLAY, WriteContext

# a reading that was deleted is there again
RESTORE = "restore"
HISTORY_COLUMNS = (
    "tenant_id",
    "datastream_id",
    "seq",
    "changed_us",
    "verb",
    "time",
    "duration",
    "result",
    "result_json",
    "quality",
    "actor_kind",
    "actor_id",
    "actor_label",
    "import_batch_id",
    "reason",
    "rest",
)


@dataclass(frozen=True, slots=True)
class Before:
    """What a reading was before a change: its row, its extra columns, where the change takes it.

    ``extra`` is None where a change leaves everything beside value and flag as it is.
    """

    row: Row
    extra: Mapping[str, Any] | None = None
    moved_to: tuple[int, int] | None = None
    public_id: int | None = None

    def rest(self) -> str | None:
        """Return what is not in columns of the history, as JSON."""
        if self.extra is None:
            return None
        told = {name: value for name, value in self.extra.items() if name != "result"}
        told |= {"result_time": self.row[5], "feature_id": self.row[6]}
        told |= {"moved_to": self.moved_to, "id": self.public_id}
        kept = {name: value for name, value in told.items() if value is not None}
        return json_text(kept) if kept else None


@dataclass(slots=True)
class News:
    """What became of one series; grows while the group is written."""

    n: int = 0
    first_us: int = 0
    last_us: int = 0
    first_seq: int = 0
    last_seq: int = 0
    latest_us: int = -(2**62)
    latest: float | None = None
    quality: int = 0

    def add(self, first_us: int, last_us: int, first_seq: int, last_seq: int) -> None:
        """Count rows of one piece."""
        if self.n == 0:
            self.first_us, self.last_us = first_us, last_us
            self.first_seq, self.last_seq = first_seq, last_seq
        else:
            self.first_us, self.last_us = min(self.first_us, first_us), max(self.last_us, last_us)
            self.first_seq = min(self.first_seq, first_seq)
            self.last_seq = max(self.last_seq, last_seq)
        self.n += last_seq - first_seq + 1

    def frozen(self, datastream_id: int) -> DatastreamNews:
        """Return the part of the event."""
        return DatastreamNews(
            datastream_id,
            self.n,
            self.first_us,
            self.last_us,
            self.first_seq,
            self.last_seq,
            self.latest,
            self.quality,
        )


Key = tuple[int, str, int | None]


@dataclass
class Journal:
    """Collects the news of one transaction; ``finish`` writes them."""

    tx: Transaction
    now_us: int
    _created: dict[Key, dict[int, News]] = field(default_factory=dict)
    _corrected: dict[Key, dict[int, News]] = field(default_factory=dict)
    _deleted: dict[Key, dict[int, News]] = field(default_factory=dict)
    _ranges: dict[tuple[int, int], dict[int, list[list[int]]]] = field(default_factory=dict)
    _counts: dict[int, list[int]] = field(default_factory=dict)
    _history: list[Row] = field(default_factory=list)

    def created(
        self,
        context: WriteContext,
        datastream_id: int,
        time: int,
        seq: int,
        result: float | None,
        quality: int,
    ) -> None:
        """Tell of one new row."""
        news = _news(self._created, context, datastream_id)
        news.add(time, time, seq, seq)
        if time >= news.latest_us:
            news.latest_us, news.latest, news.quality = time, result, quality
        if context.import_id is not None:
            self._note_range(context, datastream_id, seq, seq)

    def created_run(
        self, context: WriteContext, datastream_id: int, seq: int, readings: Sequence[Reading]
    ) -> None:
        """Tell of new rows, each later than the one before; ``seq`` is that of the first."""
        news = _news(self._created, context, datastream_id)
        last, last_seq = readings[-1], seq + len(readings) - 1
        news.add(readings[0][0], last[0], seq, last_seq)
        if last[0] >= news.latest_us:
            news.latest_us, news.latest, news.quality = last[0], last[2], last[5]
        if context.import_id is not None:
            self._note_range(context, datastream_id, seq, last_seq)

    def created_block(self, context: WriteContext, block: ColumnBlock) -> None:
        """Tell of a block of new rows."""
        news = _news(self._created, context, block.datastream_id)
        last, last_seq = int(block.times[-1]), block.first_seq + block.n - 1
        news.add(int(block.times[0]), last, block.first_seq, last_seq)
        if last >= news.latest_us:
            news.latest_us, news.latest = last, float(block.results[-1])
            news.quality = 0 if block.qualities is None else int(block.qualities[-1])
        if context.import_id is not None:
            self._note_range(context, block.datastream_id, block.first_seq, last_seq)

    def repeated(self, context: WriteContext) -> None:
        """Count a suppressed duplicate of an import."""
        if context.import_id is not None:
            self._counts.setdefault(context.import_id, [0, 0, 0])[2] += 1

    def changed(self, context: WriteContext, tenant_id: int, verb: str, before: Before) -> None:
        """Keep what a reading was and tell.

        ``verb``: correct, change, delete, flag, unflag; undo where a change is taken back.
        """
        row = before.row
        datastream_id, time, seq = row[:3]
        json = None if before.extra is None else before.extra["result"]
        self._keep(context, tenant_id, verb, (row, json, before.rest()))
        is_gone = verb == "delete" or before.moved_to is not None
        where = self._deleted if is_gone else self._corrected
        _news(where, context, datastream_id).add(time, time, seq, seq)
        if context.import_id is not None and verb == "correct":
            self._counts.setdefault(context.import_id, [0, 0, 0])[1] += 1

    def arrived(self, context: WriteContext, row: Row) -> None:
        """Tell that a reading stands at another time or in another series now."""
        _news(self._corrected, context, row[0]).add(row[1], row[1], row[2], row[2])

    def restored(self, context: WriteContext, tenant_id: int, row: Row) -> None:
        """Tell that a reading that was deleted is back; before there was none."""
        datastream_id, time, seq, result, _, _, _, quality = row
        self._keep(context, tenant_id, RESTORE, ((*row[:3], None, *row[4:]), None, None))
        self.created(replace(context, import_id=None), datastream_id, time, seq, result, quality)

    def _keep(
        self,
        context: WriteContext,
        tenant_id: int,
        verb: str,
        before: tuple[Row, str | None, str | None],
    ) -> None:
        (datastream_id, time, seq, result, duration, _, _, quality), json, rest = before
        actor = context.actor
        self._history.append(
            (
                *(tenant_id, datastream_id, seq, self.now_us, verb, time, duration),
                *(result, json, quality, actor.kind, actor.actor_id, actor.label[:200]),
                *(context.import_id, context.reason[:300], rest),
            )
        )

    def deleted_rows(
        self, context: WriteContext, datastream_id: int, piece: tuple[int, int, int, int]
    ) -> None:
        """Tell of rows deleted as a whole: first and last time, first and last seq."""
        _news(self._deleted, context, datastream_id).add(*piece)

    def flush_history(self) -> None:
        """Write the old values, so that look-ups see them."""
        if self._history:
            self.tx.insert_many("obs_observation_history", HISTORY_COLUMNS, self._history)
            self._history = []

    def finish(self) -> None:
        """Write history, ranges and events."""
        self.flush_history()
        self._write_ranges()
        for kind, groups in (
            (ObservationsRecorded, self._created),
            (ObservationsCorrected, self._corrected),
            (ObservationsDeleted, self._deleted),
        ):
            for (tenant_id, door, key_id), series in groups.items():
                news = [n.frozen(datastream_id) for datastream_id, n in series.items()]
                for start in range(0, len(news), MAX_DATASTREAMS):
                    part = tuple(news[start : start + MAX_DATASTREAMS])
                    event = kind(tenant_id, door, key_id, part)
                    held = door.startswith(REPLAY)
                    put_event(self.tx, event, tenant_id, self.now_us, is_held=held)
            groups.clear()

    def _note_range(self, context: WriteContext, datastream_id: int, first: int, last: int) -> None:
        key = (context.import_id or 0, context.tenant_id)
        ranges = self._ranges.setdefault(key, {}).setdefault(datastream_id, [])
        if ranges and ranges[-1][1] == first - 1:
            ranges[-1][1] = last
        else:
            ranges.append([first, last])
        self._counts.setdefault(key[0], [0, 0, 0])[0] += last - first + 1

    def _write_ranges(self) -> None:
        for (import_id, tenant_id), series in self._ranges.items():
            for datastream_id, ranges in series.items():
                for first, last in ranges:
                    self._write_range(import_id, tenant_id, datastream_id, (first, last))
        for import_id, counts in self._counts.items():
            self.tx.execute(
                "UPDATE obs_import_batch SET n_created=n_created+?, n_corrected=n_corrected+?,"
                " n_duplicate=n_duplicate+? WHERE id=?",
                (*counts, import_id),
            )
        self._ranges, self._counts = {}, {}

    def _write_range(
        self, import_id: int, tenant_id: int, datastream_id: int, span: tuple[int, int]
    ) -> None:
        """Lengthen the range that ends just before, or begin a new one."""
        grown = self.tx.execute(
            "UPDATE obs_import_range SET last_seq=?"
            " WHERE import_batch_id=? AND datastream_id=? AND last_seq=?",
            (span[1], import_id, datastream_id, span[0] - 1),
        )
        if not grown:
            self.tx.insert(
                "obs_import_range",
                {
                    "tenant_id": tenant_id,
                    "import_batch_id": import_id,
                    "datastream_id": datastream_id,
                    "first_seq": span[0],
                    "last_seq": span[1],
                },
            )


def _news(groups: dict[Key, dict[int, News]], context: WriteContext, datastream_id: int) -> News:
    key = (context.tenant_id, context.door, context.key_id)
    series = groups.get(key)
    if series is None:
        series = groups[key] = {}
    news = series.get(datastream_id)
    if news is None:
        news = series[datastream_id] = News()
    return news
