"""Lists of allowed values from ``data/``, read once. Where they come from: ``data/README.md``."""

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Subtags:
    """The IANA registry of language subtags, all in lower case.

    ``extlang`` and ``variant`` map a subtag to the prefixes it may follow; no prefix: any.
    """

    languages: frozenset[str]
    scripts: frozenset[str]
    regions: frozenset[str]
    grandfathered: frozenset[str]
    extlang: dict[str, tuple[str, ...]]
    variant: dict[str, tuple[str, ...]]


@lru_cache(maxsize=8)
def read_lines(name: str) -> frozenset[str]:
    """Return the lines of ``data/<name>.txt``."""
    return frozenset((DATA / f"{name}.txt").read_text(encoding="utf-8").split("\n")) - {""}


@lru_cache(maxsize=1)
def video_pattern() -> re.Pattern[str]:
    """Return one expression for all addresses of videos that an oEmbed provider shows."""
    schemes = sorted(read_lines("video_schemes"))
    return re.compile("|".join(re.escape(s).replace(r"\*", ".*") for s in schemes))


def _spread(subtags: str) -> frozenset[str]:
    """Return the subtags with ranges such as ``qaa..qtz`` spelt out."""
    found: set[str] = set()
    for subtag in subtags.lower().split():
        first, _, last = subtag.partition("..")
        found.add(first)
        while last and first < last:
            first = _next(first)
            found.add(first)
    return frozenset(found)


def _next(letters: str) -> str:
    """Return the next word of the same length: ``qaz`` → ``qba``."""
    head, tail = letters[:-1], letters[-1]
    return head + chr(ord(tail) + 1) if tail != "z" else _next(head) + "a"


def _prefixes(table: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {k.lower(): tuple(p.lower() for p in v) for k, v in table.items()}


@lru_cache(maxsize=1)
def subtags() -> Subtags:
    """Return the registry of language subtags."""
    data = json.loads((DATA / "language_subtags.json").read_text(encoding="utf-8"))
    return Subtags(
        languages=_spread(data["language"]),
        scripts=_spread(data["script"]),
        regions=_spread(data["region"]),
        grandfathered=frozenset(data["grandfathered"].lower().split()),
        extlang=_prefixes(data["extlang"]),
        variant=_prefixes(data["variant"]),
    )
