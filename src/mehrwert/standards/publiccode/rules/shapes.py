"""The five shapes a value of publiccode.yml can have."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

# A value check returns None for a good text, otherwise (code of the finding, values of its words).
Problem = tuple[str, Mapping[str, Any]]
ValueCheck = Callable[[str], Problem | None]


@dataclass(frozen=True)
class Text:
    """A text; numbers and true/false count as the text they are written as.

    ``file`` names the kind of a value that may be a path in the repository.
    """

    checks: tuple[ValueCheck, ...] = ()
    required: bool = False
    deprecated: str = ""
    file: str = ""


@dataclass(frozen=True)
class Flag:
    """``true`` or ``false``."""

    required: bool = False


@dataclass(frozen=True)
class Items:
    """A list. ``required`` and ``least`` differ in what an empty list means."""

    of: "Text | Section"
    required: bool = False
    least: int = 0
    deprecated: str = ""
    or_single: bool = False


@dataclass(frozen=True)
class Section:
    """A mapping with known keys. Left out, its mandatory keys are missed only if ``required``."""

    fields: "Mapping[str, Shape]"
    required: bool = False


@dataclass(frozen=True)
class ByLanguage:
    """A mapping from language tags to sections; at least one."""

    of: Section


Shape = Text | Flag | Items | Section | ByLanguage
