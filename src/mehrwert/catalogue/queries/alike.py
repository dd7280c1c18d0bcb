"""Municipalities like one of the register, by structure and distance, every term shown."""

from dataclasses import dataclass

from mehrwert.catalogue.queries.places import place_of
from mehrwert.catalogue.rules import Place
from mehrwert.catalogue.rules.similarity import Similarity, similarity_of
from mehrwert.municipalities.models import Municipality

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
    people = official.population
    if not people:
        return []
    home = place_of(official)
    rows = Municipality.objects.filter(
        level=official.level,
        population__gte=int(people / WINDOW),
        population__lte=int(people * WINDOW),
    ).exclude(pk=official.pk)
    found = [
        Alike(place, alike)
        for place in map(place_of, rows)
        if (alike := similarity_of(home, place)) is not None
    ]
    found.sort(key=lambda one: (-one.similarity.value, one.place.key))
    return found[:most]
