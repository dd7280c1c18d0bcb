"""Places of the official register by the keys that solutions carry."""

from collections.abc import Iterable

from django.db.models import Q

from mehrwert.catalogue.models import Adoption
from mehrwert.catalogue.rules import Place
from mehrwert.municipalities.choices import Level
from mehrwert.municipalities.models import Municipality

# level → column that holds the key of this level
KEY_COLUMNS = {
    Level.MUNICIPALITY: "ags",
    Level.COUNTY: "ags",
    Level.LAND: "ags",
    Level.ASSOCIATION: "verband_ars",
}


def read_places(keys: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Place]:
    """Return the places of (level, key) pairs; unknown keys are left out. One query per level."""
    wanted: dict[str, set[str]] = {}
    for level, key in keys:
        if key and level in KEY_COLUMNS:
            wanted.setdefault(level, set()).add(key)
    found: dict[tuple[str, str], Place] = {}
    for level, codes in wanted.items():
        column = KEY_COLUMNS[Level(level)]
        rows = Municipality.objects.filter(Q(**{f"{column}__in": codes}), level=level)
        for row in rows:
            place = place_of(row)
            found[level, place.key] = place
    return found


def read_places_of(adoptions: Iterable[Adoption]) -> dict[int, Place]:
    """Return where each adoption is, by its id; places nobody knows more of are left out.

    An invented place stands in no register: of it only the number of people is known.
    """
    rows = list(adoptions)
    official = read_places((row.place_level, row.place_key) for row in rows)
    found = {}
    for row in rows:
        place = official.get((row.place_level, row.place_key))
        if place is None and row.place_level == Level.DEMO and row.place_population:
            place = Place(Level.DEMO, "", row.place_name, population=row.place_population)
        if place is not None:
            found[row.pk] = place
    return found


def place_of(row: Municipality) -> Place:
    """Return a row of the register as the rules compare it."""
    key = str(getattr(row, KEY_COLUMNS[Level(row.level)]))
    code = row.urbanisation_code
    has_area = row.population is not None and row.area_km2
    return Place(
        level=row.level,
        key=key,
        name=name_of(row),
        population=row.population,
        density=row.population / row.area_km2 if has_area else None,  # type: ignore[operator]
        urbanisation=int(code) if code else None,
        is_county_free=is_county_free(row),
        land_code=row.land_code,
        lat=row.lat,
        lon=row.lon,
        kreis_key=row.kreis_ags,
        verband_key=row.verband_ars,
    )


def is_county_free(row: Municipality) -> bool:
    """Say whether a municipality is its own county."""
    return row.level == Level.MUNICIPALITY and row.ags == f"{row.kreis_ags}000"


def name_of(row: Municipality) -> str:
    """Return the name people use: counties and associations with what they are."""
    if row.level == Level.COUNTY and row.type.startswith(("Landkreis", "Kreis")):
        kind = "Kreis" if row.type == "Kreis" else "Landkreis"
        return row.name_short if "kreis" in row.name_short.lower() else f"{kind} {row.name_short}"
    if row.level == Level.ASSOCIATION:
        return f"{row.type} {row.name_short}"
    return row.name_short
