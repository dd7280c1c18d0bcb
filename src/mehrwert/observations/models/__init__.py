"""Tables of the room, all in the database ``observations``; no foreign key leaves it."""

from .calibration import Calibration
from .entities import (
    Datastream,
    FeatureOfInterest,
    HistoricalLocation,
    Location,
    ObservedProperty,
    Sensor,
    Thing,
    ThingLocation,
)
from .inbox import RawMessage, RawSource
from .journal import (
    DirtyHours,
    ImportBatch,
    ImportRange,
    ObservationHistory,
    SequenceMark,
    TrashItem,
)
from .ledger import ObservationsAuditRow, ObservationsOutboxEvent
from .retention import RetentionHold, RetentionPolicy, ThinnedSeries
from .rows import (
    DatastreamState,
    HourBucket,
    MovedObservation,
    Observation,
    ObservationExtra,
    SeriesFeature,
)

__all__ = [
    "Calibration",
    "Datastream",
    "DatastreamState",
    "DirtyHours",
    "FeatureOfInterest",
    "HistoricalLocation",
    "HourBucket",
    "ImportBatch",
    "ImportRange",
    "Location",
    "MovedObservation",
    "Observation",
    "ObservationExtra",
    "ObservationHistory",
    "ObservationsAuditRow",
    "ObservationsOutboxEvent",
    "ObservedProperty",
    "RawMessage",
    "RawSource",
    "RetentionHold",
    "RetentionPolicy",
    "Sensor",
    "SequenceMark",
    "SeriesFeature",
    "Thing",
    "ThingLocation",
    "ThinnedSeries",
    "TrashItem",
]
