"""The typed tree: what is asked, without a word of SQL or of the standard that asks."""

from dataclasses import dataclass

# Orders that a page can be continued in by key; others follow with the full door
ORDERS: dict[str, frozenset[str]] = {
    "thing": frozenset({"id", "name"}),
    "location": frozenset({"id", "name"}),
    "historical_location": frozenset({"id", "time"}),
    "datastream": frozenset({"id", "name"}),
    "sensor": frozenset({"id", "name"}),
    "observed_property": frozenset({"id", "name"}),
    "observation": frozenset({"id", "time"}),
    "feature": frozenset({"id", "name"}),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path: from the entity before along ``relation`` (None at the start).

    Without an id a step along a relation to many means all of them, along one to one *the* one.
    """

    kind: str
    relation: str | None = None
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """The order of a set; the id follows always, so that it is total."""

    field: str = "id"
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Limits:
    """What a key may see inside its tenant; None means no limit, two limits add up."""

    thing_ids: frozenset[int] | None = None
    datastream_ids: frozenset[int] | None = None

    @property
    def is_open(self) -> bool:
        """Say whether the whole tenant is visible."""
        return self.thing_ids is None and self.datastream_ids is None


@dataclass(frozen=True, slots=True)
class Select:
    """A path and which part of the set at its end is wanted.

    Args:
        after: Key of the last row of the page before, as ``SelectResult.next_key`` gave it.
    """

    tenant_id: int
    path: tuple[Step, ...]
    limits: Limits = Limits()
    top: int = 100
    skip: int = 0
    count: bool = False
    order: Order | None = None
    after: tuple[int | str, ...] | None = None
