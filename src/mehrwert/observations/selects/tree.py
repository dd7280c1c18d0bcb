"""The typed tree: what is asked, without a word of SQL or of the standard that asks."""

from dataclasses import dataclass
from typing import Literal, Union


@dataclass(frozen=True, slots=True)
class Text:
    """A text."""

    value: str


@dataclass(frozen=True, slots=True)
class Number:
    """A number; integers stay integers."""

    value: int | float


@dataclass(frozen=True, slots=True)
class Truth:
    """True or false."""

    value: bool


@dataclass(frozen=True, slots=True)
class Nothing:
    """The value that is not there (null)."""


@dataclass(frozen=True, slots=True)
class Period:
    """A time: an instant (``end_us`` None) or an interval, in microseconds UTC."""

    start_us: int
    end_us: int | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """A date, as days since 1970."""

    days: int


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day, as microseconds since midnight UTC."""

    us: int


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time in microseconds."""

    us: int


@dataclass(frozen=True, slots=True)
class Shape:
    """A geometry in WGS 84 as valid well-known text."""

    wkt: str


@dataclass(frozen=True, slots=True)
class Path:
    """A field, of the entity itself or of what relations lead to; ``keys`` lead into its JSON."""

    field: str
    relations: tuple[str, ...] = ()
    keys: tuple[str | int, ...] = ()


@dataclass(frozen=True, slots=True)
class Call:
    """A function of ``sql/functions.py``."""

    name: str
    arguments: tuple["Expression", ...] = ()


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """Two numbers, or a time and a span, added, subtracted, multiplied, divided."""

    operator: Literal["add", "sub", "mul", "div", "mod"]
    left: "Expression"
    right: "Expression"


@dataclass(frozen=True, slots=True)
class Compare:
    """Two values compared; unknown if one of them is not there."""

    operator: Literal["eq", "ne", "lt", "le", "gt", "ge"]
    left: "Expression"
    right: "Expression"


@dataclass(frozen=True, slots=True)
class OneOf:
    """A value that equals one of several."""

    value: "Expression"
    options: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class Both:
    """All parts hold."""

    parts: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class Either:
    """At least one part holds."""

    parts: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: "Expression"


@dataclass(frozen=True, slots=True)
class Some:
    """At least one related entity exists for which the condition holds (paths start there)."""

    relations: tuple[str, ...]
    condition: Union["Expression", None]


Constant = Text | Number | Truth | Nothing | Period | Day | Clock | Span | Shape
Expression = Constant | Path | Call | Arithmetic | Compare | OneOf | Both | Either | Not | Some


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
    """One key of the order of a set; the id follows always, so that the order is total."""

    key: Expression
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
class Expand:
    """Related entities that come along; the options count per parent."""

    relation: str
    top: int = 100
    skip: int = 0
    count: bool = False
    filter: Expression | None = None
    order: tuple[Order, ...] = ()
    expand: tuple["Expand", ...] = ()


KeyPart = int | float | str | None


@dataclass(frozen=True, slots=True)
class Select:
    """A path and which part of the set at its end is wanted.

    Args:
        after: Key of the last row of the page before, as ``SelectResult.next_key`` gave it.
        distinct: Of rows that agree in these fields of their own only the first is wanted.
    """

    tenant_id: int
    path: tuple[Step, ...]
    limits: Limits = Limits()
    top: int = 100
    skip: int = 0
    count: bool = False
    filter: Expression | None = None
    order: tuple[Order, ...] = ()
    expand: tuple[Expand, ...] = ()
    after: tuple[KeyPart, ...] | None = None
    distinct: tuple[Path, ...] = ()
