"""What goes into the search and what comes out: plain values between rows, index and pages.

An index takes ``SearchDocument``s and answers a ``SearchRequest`` with a ``SearchResult``. How it
does so is its own affair; neither side knows the tables of the other.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

FIELDS: tuple[str, ...] = (
    "name",
    "short_description",
    "problem",
    "tasks",
    "fields_of_action",
    "technologies",
    "features",
    "municipalities",
    "description",
    "lessons",
)
FACETS: tuple[str, ...] = (
    "field",
    "status",
    "component_type",
    "solution_type",
    "stage",
    "evidence",
    "land",
    "size_class",
    "urbanisation",
    "technology",
    "licence",
    "origin",
    "freshness",
    "end_reason",
    "declared_use",
    "documented_reuse",
)


class Order(StrEnum):
    """In which order hits come; every one ends with the name, then the id.

    ``BEST`` is the ranking by words. Without words it is what helps most to decide: measured ones
    first, whatever was found, then those that others use, then the freshest.
    """

    BEST = "best"
    EVIDENCE = "evidence"
    REUSE = "reuse"
    FRESH = "fresh"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """One solution as the index sees it.

    Args:
        id: Primary key of the solution.
        slug: Address of the solution, its id for programs.
        fields: Text per name of ``FIELDS``, several values joined by line breaks; personal data
            is taken out before. A missing or empty text means nobody said anything.
        facets: Values per facet. An empty tuple means "keine Angabe", which can be asked for.
        freshness: Factor 0.5 to 1 of how current status and contact are.
        completeness: Factor 0.9, 0.95 or 1 of the level of the profile.
        sort_name: Name as it is sorted by, ties are broken by the id.
    """

    id: int
    slug: str
    fields: Mapping[str, str]
    facets: Mapping[str, tuple[str, ...]]
    freshness: float
    completeness: float
    sort_name: str


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A question to the index.

    Args:
        text: What somebody typed; empty lists everything.
        filters: Wanted values per facet: OR inside a facet, AND across facets. The empty string
            is the value "keine Angabe".
        literal: Search the words as typed: no corrections, no synonyms, nothing dropped.
        without: Keys of tasks the text must not be read as (``TaskHint.key``).
        offset: How many hits to leave out.
        limit: How many hits to return.
        order: In which order; after it the best match of the words.
    """

    text: str = ""
    filters: Mapping[str, frozenset[str]] = field(default_factory=dict)
    literal: bool = False
    without: frozenset[str] = frozenset()
    offset: int = 0
    limit: int = 20
    order: Order = Order.BEST


@dataclass(frozen=True, slots=True)
class Hit:
    """One found solution; ``matched`` holds the words of the reading that it contains."""

    id: int
    slug: str
    score: float
    matched: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Correction:
    """A typing error that was forgiven: the word as typed and the word searched for."""

    typed: str
    used: str


@dataclass(frozen=True, slots=True)
class TaskHint:
    """A municipal task: its key in ``SearchRequest.without``, and its German name to show."""

    key: str
    name: str

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class QueryReading:
    """How a query was understood, shown above the hits so that it can be taken back.

    Args:
        shown: Words that were searched for, in the order typed.
        corrections: Typing errors forgiven.
        dropped: Filler words left out.
        tasks: Municipal tasks that a problem phrase was mapped to.
    """

    shown: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()
    dropped: tuple[str, ...] = ()
    tasks: tuple[TaskHint, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchResult:
    """One page of hits.

    Args:
        total: Number of all hits.
        hits: Hits from offset to offset + limit, best first.
        facets: Per facet and value the length of the list after a click that adds this value to
            those chosen in its facet; text and other facets stay as they are. The empty string
            counts "keine Angabe".
        lifted: The same for values chosen now: the list after a click that takes one away.
        reading: How the text was understood.
    """

    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, Mapping[str, int]]
    reading: QueryReading = QueryReading()
    nearest: tuple[TaskHint, ...] = ()
    lifted: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
