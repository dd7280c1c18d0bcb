"""What the room announces: ids and values only."""

from dataclasses import dataclass
from typing import Any, Self

from mehrwert.base.events import Event

MAX_DATASTREAMS = 1000


@dataclass(frozen=True, slots=True)
class DatastreamNews:
    """What became of one series: number, range of times and seqs, latest of these values."""

    datastream_id: int
    n: int
    first_us: int
    last_us: int
    first_seq: int
    last_seq: int
    latest: float | None
    quality: int


@dataclass(frozen=True)
class ReadingsEvent(Event):
    """What events about readings share: one per group, tenant, door and key.

    ``datastreams`` holds at most ``MAX_DATASTREAMS`` series; more become several events.
    """

    tenant_id: int
    door: str
    key_id: int | None
    datastreams: tuple[DatastreamNews, ...]

    def to_payload(self) -> dict[str, Any]:
        """Return plain values for the outbox; written at every commit, so without ``asdict``."""
        return {
            "tenant_id": self.tenant_id,
            "door": self.door,
            "key_id": self.key_id,
            "datastreams": [
                {name: getattr(news, name) for name in DatastreamNews.__slots__}
                for news in self.datastreams
            ],
        }

    @classmethod
    def from_payload(cls, payload: dict[str, Any]) -> Self:
        """Build the event from the outbox again."""
        series = tuple(DatastreamNews(**news) for news in payload["datastreams"])
        return cls(payload["tenant_id"], payload["door"], payload["key_id"], series)


@dataclass(frozen=True)
class ObservationsRecorded(ReadingsEvent):
    """New readings are stored. This event is also the audit of the rows."""


@dataclass(frozen=True)
class ObservationsCorrected(ReadingsEvent):
    """Readings that were stored have another value or flag now."""


@dataclass(frozen=True)
class ObservationsDeleted(ReadingsEvent):
    """Readings are gone."""
