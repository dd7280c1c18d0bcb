"""Who learned from whom, over all solutions (TRF-112)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from mehrwert.catalogue.choices import Basis, OriginBasis, Relation
from mehrwert.catalogue.models import Adoption
from mehrwert.catalogue.queries.places import read_places
from mehrwert.catalogue.rules import Place
from mehrwert.municipalities.choices import Level

# an origin that rests on less is drawn without an arrow (TRF-105)
PROVEN = frozenset({OriginBasis.DEVELOPER.value, OriginBasis.PILOT_MUNICIPALITY.value})
NO_TRANSFER = (Relation.ORIGIN.value, Relation.SITE.value)
LEVEL_OF_LENGTH = {8: Level.MUNICIPALITY, 9: Level.ASSOCIATION, 5: Level.COUNTY, 2: Level.LAND}


@dataclass(frozen=True, slots=True)
class Asked:
    """Which transfers are shown; an empty value is all."""

    relation: str = Relation.REUSE.value
    year: str = ""
    land: str = ""


@dataclass(frozen=True, slots=True)
class Transfer:
    """One adoption with the places it joins; a place is None where the register has none."""

    row: Adoption
    place: Place | None
    origin: Place | None

    @property
    def has_arrow(self) -> bool:
        """Say whether it can be drawn from one place to another."""
        return self.origin is not None and self.place is not None


@dataclass(frozen=True, slots=True)
class Transfers:
    """What was asked for, and how many there are of each choice.

    Attributes:
        rows: Transfers, newest first.
        relations: Relation → n, whatever year and Land.
        years, lands: Value → n within the relation asked for; an empty year is unknown.
    """

    rows: list[Transfer]
    relations: Counter[str]
    years: Counter[str]
    lands: Counter[str]


def read_transfers(asked: Asked) -> Transfers:
    """Return the transfers asked for; a declared one stands for the documented one beside it."""
    every = _every()
    of_relation = [row for row in every if asked.relation in ("", row.relation)]
    shown = [
        row
        for row in of_relation
        if asked.year in ("", _year(row)) and asked.land in ("", _land(row))
    ]
    return Transfers(
        rows=_placed(shown),
        relations=Counter(row.relation for row in every),
        years=Counter(_year(row) for row in of_relation),
        lands=Counter(_land(row) for row in of_relation),
    )


def _every() -> list[Adoption]:
    public = Adoption.objects.select_related("solution").filter(
        is_denied=False, solution__is_public=True, solution__is_withdrawn=False
    )
    rows = list(public.exclude(relation__in=NO_TRANSFER))
    said_here = {_where(row) for row in rows if row.basis == Basis.DECLARED}
    kept = [r for r in rows if r.basis == Basis.DECLARED or _where(r) not in said_here]
    return sorted(kept, key=lambda r: (r.since, r.place_name, r.pk), reverse=True)


def _where(row: Adoption) -> tuple[int, str, str]:
    return row.solution_id, row.place_level, row.place_key or row.source_name


def _year(row: Adoption) -> str:
    return row.since[:4] or "unbekannt"


def _land(row: Adoption) -> str:
    return row.place_key[:2] or "unbekannt"


def _placed(rows: Sequence[Adoption]) -> list[Transfer]:
    """Return transfers with the places of the register; two statements per level at most."""
    origins = {row.pk: _origin(row) for row in rows}
    keys = {(row.place_level, row.place_key) for row in rows if row.place_key}
    places = read_places(keys | {origin for origin in origins.values() if origin is not None})
    return [
        Transfer(
            row,
            places.get((row.place_level, row.place_key)),
            places.get(origins[row.pk] or ("", "")) if row.origin_basis in PROVEN else None,
        )
        for row in rows
    ]


def _origin(row: Adoption) -> tuple[str, str] | None:
    level = LEVEL_OF_LENGTH.get(len(row.origin_key))
    return (level.value, row.origin_key) if level else None
