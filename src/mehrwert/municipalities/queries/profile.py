"""What is known of a municipality before anybody typed anything: neighbours, likes, duties."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from mehrwert.figures.map_svg import map_svg, map_svg_pair
from mehrwert.municipalities.choices import Level
from mehrwert.municipalities.duties import CHECKED_ON, SOURCE, Duty, duties_of_land
from mehrwert.municipalities.models import Boundary, Municipality, Tenant
from mehrwert.municipalities.queries.maps import read_map, read_map_of
from mehrwert.municipalities.queries.register import read_municipality, read_official

MOST_SIMILAR = 5
WINDOW = 1.3
OTHER_LAND = 0.12
SMALL = (340.0, 300.0)


@dataclass(frozen=True, slots=True)
class Profile:
    """A row of the register with what follows from it; ``svg`` is its map, drawn."""

    official: Municipality
    neighbours: list[Municipality]
    similar: list[Municipality]
    duties: list[Duty]
    svg: SafeString
    duty_source: str = SOURCE
    duty_checked: date = CHECKED_ON


def read_profile(level: str, ars: str) -> Profile:
    """Return what is known of a row of the register.

    Raises:
        UnknownMunicipalityError: No such row.
    """
    official = read_municipality(level, ars)
    return Profile(
        official=official,
        neighbours=list_neighbours(official),
        similar=list_similar(official),
        duties=duties_of_land(official.land_code),
        svg=draw_map(read_map_of(level, ars, official.name_short), official.name_short),
    )


def read_profile_of(tenant: Tenant) -> Profile | None:
    """Return what is known of a municipality, None for an invented one."""
    if read_official(tenant) is None:
        return None
    return read_profile(tenant.level, tenant.ars)


def draw_tenant(tenant: Tenant) -> SafeString:
    """Return the map of a municipality as SVG, wide and narrow."""
    return draw_map(read_map(tenant), tenant.name)


def draw_small(tenant: Tenant) -> SafeString:
    """Return the map of a municipality as one small SVG for the side of a page."""
    return draw_map(read_map(tenant), tenant.name, draw=partial(map_svg, size=SMALL))


def draw_map(
    areas: dict[str, Any], name: str, *, draw: Callable[..., str] = map_svg_pair
) -> SafeString:
    """Return a map as SVG, wide and narrow; empty where no outline is known."""
    if not areas["features"]:
        return SafeString()
    title = gettext("Karte von %(name)s") % {"name": name}
    description = gettext("Umriss mit den Nachbarn.")
    drawn = draw(areas, [], title=title, description=description)
    return mark_safe(drawn)  # noqa: S308 (drawn by figures, texts escaped there)


def list_neighbours(official: Municipality) -> list[Municipality]:
    """Return rows of the same level that touch this one, by name."""
    own = Boundary.objects.filter(level=official.level, ars=official.ars).first()
    if own is None:
        return []
    rows = Municipality.objects.filter(level=official.level, ars__in=own.neighbours)
    return list(rows.order_by("name_short", "ars"))


def list_similar(official: Municipality) -> list[Municipality]:
    """Return the rows of the same level that are most alike in size, those of the Land first.

    Size counts as a ratio; a place in another Land must be about a tenth nearer to come first.
    """
    people = official.population
    if not people:
        return []
    near = Municipality.objects.filter(
        level=official.level,
        population__gte=int(people / WINDOW),
        population__lte=math.ceil(people * WINDOW),
    ).exclude(ars=official.ars)
    if official.level == Level.MUNICIPALITY:
        near = near.exclude(type__startswith="gemeindefreies")
    found = near.values_list("pk", "population", "land_code")
    ranked = sorted(found, key=lambda row: _distance(row, people, official.land_code))
    keys = [row[0] for row in ranked[:MOST_SIMILAR]]
    rows = Municipality.objects.in_bulk(keys)
    return [rows[key] for key in keys]


def _distance(row: tuple[int, int | None, str], people: int, land: str) -> tuple[float, int]:
    pk, population, land_code = row
    ratio = abs(math.log((population or 1) / people))
    return ratio + (0 if land_code == land else OTHER_LAND), pk
