"""Parsed query options, and how they are written again in links."""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

import msgspec

from mehrwert.observations.queries.tree import Expand, Expression, KeyPart, Order

DEFAULT_TOP = 100
MAX_TOP = 10_000
_CONTINUED = frozenset({"$skip", "$skiptoken"})

Selection = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Options:
    """Options of a set or an entity, or of an expanded relation.

    Args:
        chosen: Properties and relations to show, each with the way into its JSON; None is all.
        format: ``""``, ``dataArray``, ``CSV`` or ``GeoJSON``.
        apply: Aggregation of readings.
        points: At most about so many readings, the extremes among them (``$decimate``).
        distinct: Of rows that agree in what is chosen only the first.
        metadata: ``full``, ``minimal`` without links to relations, ``none`` without any links.
        as_of_us: Metadata as they were then.
        given: Names and values as given, for links.
    """

    top: int = DEFAULT_TOP
    skip: int = 0
    count: bool = False
    filter: Expression | None = None
    order: tuple[Order, ...] = ()
    chosen: Selection | None = None
    expand: tuple["Expansion", ...] = ()
    after: tuple[KeyPart, ...] | None = None
    format: str = ""
    apply: "Aggregation | None" = None
    points: int = 0
    distinct: bool = False
    metadata: str = "full"
    as_of_us: int | None = None
    given: tuple[tuple[str, str], ...] = ()

    def has(self, name: str) -> bool:
        """Say whether an option was given."""
        return any(given == name for given, _ in self.given)


@dataclass(frozen=True, slots=True)
class Expansion:
    """One expanded relation, by its name in the standard."""

    nav: str
    relation: str
    options: Options

    def tree(self) -> Expand:
        """Return it as the house says it."""
        o = self.options
        inner = tuple(expansion.tree() for expansion in o.expand)
        return Expand(self.relation, o.top, o.skip, o.count, o.filter, o.order, inner)

    def merged(self, other: "Expansion") -> "Expansion":
        """Return both as one: the same relation was named twice."""
        mine, more = self.options, other.options
        changed: dict[str, Any] = {
            name: getattr(more, name)
            for name in ("top", "skip", "count", "filter", "order", "chosen")
            if getattr(more, name) != getattr(NO_OPTIONS, name)
        }
        expand = merge((*mine.expand, *more.expand))
        given = tuple({**dict(mine.given), **dict(more.given)}.items())
        return replace(self, options=replace(mine, expand=expand, given=given, **changed))


@dataclass(frozen=True, slots=True)
class Aggregation:
    """Readings summed up per bucket of time.

    Args:
        unit: ``minute`` … ``year``, or empty if ``width_us`` says it.
        zone: Time zone whose days and months count.
        values: Name in the answer → what is calculated.
    """

    unit: str
    width_us: int
    zone: str
    values: tuple[tuple[str, str], ...]


NO_OPTIONS = Options()


def merge(expansions: tuple[Expansion, ...]) -> tuple[Expansion, ...]:
    """Return each relation once, in the order of first mention."""
    found: dict[str, Expansion] = {}
    for expansion in expansions:
        known = found.get(expansion.nav)
        found[expansion.nav] = expansion if known is None else known.merged(expansion)
    return tuple(found.values())


def next_query(options: Options, key: tuple[KeyPart, ...]) -> str:
    """Return the query string of the next page."""
    return next_query_start(options) + msgspec.json.encode(key).hex()


def next_query_start(options: Options) -> str:
    """Return the query string of the next page without its key: ASCII without quotes."""
    return _query_of(options.given)


@lru_cache(maxsize=1024)
def _query_of(given: tuple[tuple[str, str], ...]) -> str:
    pairs = [(name, value) for name, value in given if name not in _CONTINUED]
    return urlencode([*pairs, ("$skiptoken", "")], safe="$@,()'/;=:")
