"""What the room announces: ids and values only."""

from collections.abc import Hashable
from dataclasses import dataclass, replace
from typing import Any, Self

import msgspec

from mehrwert.base.events import Event

MAX_DATASTREAMS = 1000


class DatastreamNews(msgspec.Struct, frozen=True):
    """What became of one series: number, range of times and seqs, latest of these values."""

    datastream_id: int
    n: int
    first_us: int
    last_us: int
    first_seq: int
    last_seq: int
    latest: float | None
    quality: int

    def joined(self, later: "DatastreamNews") -> "DatastreamNews":
        """Return the news of two commits; seqs between may belong to another writer."""
        newest = later if later.last_us >= self.last_us else self
        return DatastreamNews(
            self.datastream_id,
            self.n + later.n,
            min(self.first_us, later.first_us),
            newest.last_us,
            min(self.first_seq, later.first_seq),
            max(self.last_seq, later.last_seq),
            newest.latest,
            newest.quality,
        )


@dataclass(frozen=True)
class ReadingsEvent(Event):
    """What events about readings share: one per group, tenant, door and key, or several joined.

    ``datastreams`` holds at most ``MAX_DATASTREAMS`` series; more become several events.
    """

    tenant_id: int
    door: str
    key_id: int | None
    datastreams: tuple[DatastreamNews, ...]

    def to_payload(self) -> dict[str, Any]:
        """Return plain values for the outbox."""
        return {
            "tenant_id": self.tenant_id,
            "door": self.door,
            "key_id": self.key_id,
            "datastreams": [msgspec.structs.asdict(news) for news in self.datastreams],
        }

    @classmethod
    def from_payload(cls, payload: dict[str, Any]) -> Self:
        """Build the event from the outbox again."""
        series = tuple(DatastreamNews(**news) for news in payload["datastreams"])
        return cls(payload["tenant_id"], payload["door"], payload["key_id"], series)

    def join_key(self) -> Hashable:
        """Join what came through one door with one key into one municipality."""
        return (self.tenant_id, self.door, self.key_id)

    def joined(self, later: Self) -> Self | None:
        """Return the event as if both groups had been one commit."""
        series = {news.datastream_id: news for news in self.datastreams}
        for news in later.datastreams:
            known = series.get(news.datastream_id)
            series[news.datastream_id] = news if known is None else known.joined(news)
        if len(series) > MAX_DATASTREAMS:
            return None
        return replace(self, datastreams=tuple(series.values()))


@dataclass(frozen=True)
class ObservationsRecorded(ReadingsEvent):
    """New readings are stored. This event is also the audit of the rows."""


@dataclass(frozen=True)
class ObservationsCorrected(ReadingsEvent):
    """Readings that were stored have another value or flag now."""


@dataclass(frozen=True)
class EntityChanged(Event):
    """A thing, place, sensor, property, series or feature was created or has other values now.

    ``kind`` is a name of ``recording/fields.py``, or ``historical_location``.
    """

    tenant_id: int
    kind: str
    entity_id: int


@dataclass(frozen=True)
class ObservationsDeleted(ReadingsEvent):
    """Readings are gone."""
