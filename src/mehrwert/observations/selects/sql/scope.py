"""The tables of one statement: the root, what stands beside it, and what paths lead to."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

from mehrwert.observations.selects.errors import ManyInOrderError
from mehrwert.observations.selects.model import RELATIONS, SIDES, TABLES, Relation

from .dialect import Dialect
from .fragment import Fragment, joined
from .guard import Guard

_LETTER = re.compile(r"\b([esxm])\.")
_ONE = Fragment("(SELECT 1 AS one) r")


@dataclass(slots=True)
class Scope:
    """Collects the FROM of one SELECT while its expressions are compiled.

    Args:
        base: What relative paths start from: a relation inside ``Some``, else nothing.
        outer: The scope of the statement around an EXISTS.
        series: Of readings of one series: its id. They are guarded through it, once.
    """

    guard: Guard
    dialect: Dialect
    kind: str
    alias: str = "e"
    base: tuple[str, ...] = ()
    outer: "Scope | None" = None
    is_narrowed: bool = False
    series: Fragment | None = None
    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    sources: list[Fragment] = field(default_factory=list)
    _known: dict[tuple[str, ...], tuple[str, str]] = field(default_factory=dict)
    _sides: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, guard: Guard, dialect: Dialect, kind: str) -> "Scope":
        """Return the scope of a statement about a kind."""
        scope = cls(guard, dialect, kind)
        scope.sources.append(Fragment(f"{TABLES[kind]} e"))
        scope._known[()] = ("e", kind)
        return scope

    def rooted(self, kind: str) -> "Scope":
        """Return the scope of a subquery about another kind."""
        alias = f"t{next(self.numbers)}"
        inner = Scope(self.guard, self.dialect, kind, alias, numbers=self.numbers)
        inner.sources.append(Fragment(f"{TABLES[kind]} {alias}"))
        inner._known[()] = (alias, kind)
        return inner

    def nested(self) -> "Scope":
        """Return the scope of an EXISTS that starts from the same entity."""
        inner = Scope(
            self.guard, self.dialect, self.kind, self.alias, self.base, self, numbers=self.numbers
        )
        inner.sources.append(_ONE)
        inner._known = dict(self._known)
        return inner

    @property
    def tables(self) -> Fragment:
        """Return what follows FROM."""
        return joined(self.sources, " ")

    def guarded(self, *, is_narrow: bool = False) -> Fragment:
        """Return the condition on the root; ``is_narrow``: another one names few rows."""
        if self.series is not None:
            return self.guard.on_series(self.series, self.alias)
        guard = self.guard.on(self.kind, self.alias)
        if is_narrow or (self.is_narrowed and self.kind == "observation"):
            # engines shall seek by the narrower condition; the tenant is checked all the same
            return Fragment(f"+{guard.sql}", guard.params)
        return guard

    def table(self, relations: tuple[str, ...], *, one_only: bool = False) -> tuple[str, str]:
        """Return alias and kind of what relations lead to; join it if it is new.

        Raises:
            ManyInOrderError: ``one_only``, and a relation leads to many.
        """
        found = self._known.get(relations)
        if found is not None:
            return found
        before, kind = self.table(relations[:-1], one_only=one_only)
        relation = RELATIONS[kind][relations[-1]]
        if one_only and relation.many:
            raise ManyInOrderError(field="/".join(relations))
        alias = f"t{next(self.numbers)}"
        self._join(before, relation, alias)
        self._known[relations] = (alias, relation.target)
        return alias, relation.target

    def _join(self, before: str, relation: Relation, alias: str) -> None:
        guard = self.guard.on(relation.target, alias)
        if relation.own:
            on = f"{alias}.id={before}.{relation.own}"
        elif relation.theirs:
            on = f"{alias}.{relation.theirs}={before}.id"
        else:
            table, this, other = relation.through or ("", "", "")
            link = self.guard.on_link(f"{alias}l")
            between = f"LEFT JOIN {table} {alias}l ON {alias}l.{this}={before}.id AND {link.sql}"
            self.sources.append(Fragment(between, link.params))
            on = f"{alias}.id={alias}l.{other}"
        head = f"LEFT JOIN {TABLES[relation.target]} {alias} ON {on} AND {guard.sql}"
        self.sources.append(Fragment(head, guard.params))

    def column(self, alias: str, kind: str, column: str) -> str:
        """Return a column of the model under the alias, with the table it needs beside."""

        def place(found: re.Match[str]) -> str:
            letter = found[1]
            return f"{alias if letter == 'e' else self._side(alias, kind, letter)}."

        return _LETTER.sub(place, column)

    def _side(self, alias: str, kind: str, letter: str) -> str:
        if self.outer is not None and alias in self.outer.aliases():
            return self.outer._side(alias, kind, letter)
        side = letter if alias == "e" else f"{alias}{letter}"
        if side not in self._sides:
            self._sides[side] = alias
            text = SIDES[kind][letter].format(**{"e": alias, letter: side})
            if alias != self.alias and not text.startswith("LEFT"):
                text = f"LEFT {text}"
            self.sources.append(Fragment(text))
        return side

    def aliases(self) -> set[str]:
        """Return the aliases that belong to this statement or one around it."""
        return {alias for alias, _ in self._known.values()}

    def with_sides(self) -> "Scope":
        """Join everything that stands beside the root, for its whole row."""
        for letter in SIDES.get(self.kind, {}):
            self._side(self.alias, self.kind, letter)
        return self
