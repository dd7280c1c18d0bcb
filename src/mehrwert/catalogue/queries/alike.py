"""Municipalities like one of the register, by structure and distance, every term shown."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mehrwert.catalogue.queries.places import place_of
from mehrwert.catalogue.rules import Place
from mehrwert.catalogue.rules.similarity import Similarity, similarity_of
from mehrwert.municipalities.choices import Level
from mehrwert.municipalities.models import Municipality

if TYPE_CHECKING:
    from django.db.models import QuerySet

WINDOW = 1.5


@dataclass(frozen=True, slots=True)
class Alike:
    """One municipality of a comparison group, and how alike it is."""

    place: Place
    similarity: Similarity


def list_alike(official: Municipality, *, most: int = 8) -> list[Alike]:
    """Return the municipalities most like one, best first; none without a population.

    Only places of its level within half to one and a half times its size are looked at: farther
    ones cannot be among the most alike.
    """
    rows = Municipality.objects.filter(level=official.level).exclude(pk=official.pk)
    return _nearest(place_of(official), rows, most)


def list_alike_in_size(home: Place, *, most: int = 8) -> list[Alike]:
    """Return the real municipalities most like an invented one: of it only the size is known."""
    return _nearest(home, Municipality.objects.filter(level=Level.MUNICIPALITY), most)


def _nearest(home: Place, candidates: "QuerySet[Municipality]", most: int) -> list[Alike]:
    people = home.population
    if not people:
        return []
    rows = candidates.filter(
        population__gte=int(people / WINDOW), population__lte=int(people * WINDOW)
    )
    found = [
        Alike(place, alike)
        for place in map(place_of, rows)
        if (alike := similarity_of(home, place)) is not None
    ]
    found.sort(key=lambda one: (-one.similarity.value, one.place.key))
    return found[:most]
