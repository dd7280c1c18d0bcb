"""What the two engines say differently: constants, JSON, functions, lists of ids."""

import json
from dataclasses import dataclass
from typing import Any

from .fragment import Fragment, build
from .words import POSTGRES_WORDS, SQLITE_WORDS


@dataclass(frozen=True, slots=True)
class Dialect:
    """One engine's way to say it."""

    engine: str
    words: dict[str, str]
    text: str
    number: str
    integer: str

    def word(self, name: str, *pieces: Fragment, type: Any = "bool") -> Fragment:
        """Return a function of ``words.py`` applied to pieces."""
        return build(self.words[name], *pieces, type=type)

    def of_text(self, value: str) -> Fragment:
        """Return a text constant."""
        return Fragment(self.text, (value,), "text", name=value[:40])

    def of_number(self, value: float) -> Fragment:
        """Return a number constant; what fits 64 bits stays an integer."""
        if isinstance(value, int) and abs(value) < 2**63:
            return Fragment(self.integer, (value,), "int", name=str(value))
        return Fragment(self.number, (float(value),), "number", name=str(value))

    def of_integer(self, value: int, type: Any) -> Fragment:
        """Return microseconds, days and the like."""
        return Fragment(self.integer, (value,), type)

    def json_path(self, keys: tuple[str | int, ...]) -> str:
        """Return keys as this engine writes a path into JSON."""
        if self.engine == "sqlite":
            parts = (f"[{k}]" if isinstance(k, int) else f'."{k}"' for k in keys)
            return "$" + "".join(parts)
        return "{" + ",".join(json.dumps(str(k), ensure_ascii=False) for k in keys) + "}"

    def json_faces(self, column: str, keys: tuple[str | int, ...]) -> dict[str, Fragment]:
        """Return a value in JSON as text, number and bool; null where it is of another kind."""
        pieces = (Fragment(column), Fragment("?", (self.json_path(keys),)))
        return {
            "text": self.word("json_text", *pieces, type="text"),
            "number": self.word("json_number", *pieces, type="number"),
            "bool": self.word("json_bool", *pieces, type="bool"),
        }

    def limit(self, top: int, skip: int, *, is_whole: bool) -> Fragment:
        """Return which rows of an order are wanted.

        With the number as a parameter PostgreSQL makes a new plan for every execution, which takes
        five times as long as to run it; with the number in the statement it keeps one plan. That
        is right for whole sets (``is_whole``). Behind a condition the values decide, and the reader
        lets what has its limit as a parameter be planned anew.
        """
        if self.engine == "sqlite" or not is_whole:
            return Fragment("LIMIT ? OFFSET ?", (top, skip))
        return Fragment(f"LIMIT {int(top)}" + (f" OFFSET {int(skip)}" if skip else ""))

    def list_of(self, ids: list[int]) -> Fragment:
        """Return a table ``(key, value)`` of ids, with one parameter however many they are."""
        if self.engine == "sqlite":
            return Fragment("json_each(?)", (json.dumps(ids),))
        given = "{" + ",".join(map(str, ids)) + "}"
        return Fragment("unnest(CAST(? AS bigint[])) WITH ORDINALITY", (given,))

    def is_among(self, column: str, ids: Any) -> Fragment:
        """Return the condition that a column is one of the ids of ``list_of``, given as its value.

        PostgreSQL seeks by the column whatever it thinks of the length of the list.
        """
        if self.engine == "sqlite":
            return Fragment(f"{column} IN (SELECT value FROM json_each(?))", (ids,))
        return Fragment(f"{column}=ANY(CAST(? AS bigint[]))", (ids,))


SQLITE = Dialect("sqlite", SQLITE_WORDS, "?", "?", "?")
POSTGRES = Dialect(
    "postgres",
    POSTGRES_WORDS,
    'CAST(? AS text) COLLATE "C"',
    "CAST(? AS double precision)",
    "CAST(? AS bigint)",
)


def dialect_of(engine: str) -> Dialect:
    """Return the dialect of an engine."""
    return SQLITE if engine == "sqlite" else POSTGRES
