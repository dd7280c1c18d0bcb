"""Pieces of SQL with their values in order."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Literal

Type = Literal[
    "int", "number", "text", "bool", "time", "day", "clock", "span", "shape", "json", "null"
]
_HOLES = re.compile(r"\{(\d)\}")


@dataclass(frozen=True, slots=True)
class Fragment:
    """One piece.

    Args:
        end: Of a time that may be an interval: its end, which equals the start of an instant.
        instant: Of a time that may be an interval: the condition that it is none.
        faces: Of a JSON value whose kind only the row knows: itself as text, number and bool.
        prefilter: Column with the id of the row that a geometry belongs to, and its table.
        name: How to call it in an error.
        narrows: A condition that names few series: engines shall seek by it.
    """

    sql: str
    params: tuple[Any, ...] = ()
    type: Type = "bool"
    end: "Fragment | None" = None
    instant: "Fragment | None" = None
    faces: "dict[str, Fragment] | None" = None
    prefilter: tuple[str, str] | None = None
    name: str = ""
    nullable: bool = True
    narrows: bool = False

    def named(self, name: str) -> "Fragment":
        """Return the same with a name."""
        return replace(self, name=name)


@lru_cache(maxsize=512)
def _pieces(template: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
    parts = _HOLES.split(template)
    return tuple(parts[::2]), tuple(int(hole) for hole in parts[1::2])


def build(template: str, *pieces: Fragment, type: Type = "bool") -> Fragment:
    """Fill ``{0} {1} …``; a piece that is used twice brings its values twice."""
    texts, holes = _pieces(template)
    sql = [texts[0]]
    params: list[Any] = []
    for hole, text in zip(holes, texts[1:], strict=True):
        sql += (pieces[hole].sql, text)
        params += pieces[hole].params
    return Fragment("".join(sql), tuple(params), type)


def joined(pieces: Iterable[Fragment], word: str, type: Type = "bool") -> Fragment:
    """Return the pieces with a word between them."""
    all_pieces = tuple(pieces)
    sql = word.join(piece.sql for piece in all_pieces)
    return Fragment(sql, tuple(p for piece in all_pieces for p in piece.params), type)
