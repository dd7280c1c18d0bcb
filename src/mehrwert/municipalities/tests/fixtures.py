"""A few rows of the register and people; the whole register only where a test asks for it."""

from datetime import date

from mehrwert.accounts.actions import create_user
from mehrwert.accounts.models import User
from mehrwert.municipalities.actions import create_tenant, set_membership
from mehrwert.municipalities.models import Boundary, Municipality, Tenant

ARS = {"auendorf": "050010001001", "nebenan": "050010001002", "weitweg": "090010001001"}
SQUARE = {
    "type": "Polygon",
    "coordinates": [[[7.6, 51.9], [7.7, 51.9], [7.7, 52.0], [7.6, 52.0], [7.6, 51.9]]],
}


def official(ars: str, name: str, population: int = 5000, **fields: object) -> Municipality:
    """Put one made-up row into the register, as official ones look."""
    given = {
        "level": "gemeinde",
        "ars": ars,
        "ags": ars[:5] + ars[9:],
        "name": name,
        "name_short": name,
        "type": "Kreisangehörige Gemeinde",
        "land_code": ars[:2],
        "land": "Nordrhein-Westfalen" if ars.startswith("05") else "Bayern",
        "kreis": "Kreis am Bach",
        "population": population,
        "population_date": date(2024, 12, 31),
        "area_km2": 12.5,
        "postal_code": "12345",
        "valid_on": date(2025, 11, 30),
    }
    return Municipality.objects.create(**{**given, **fields})


def outline(ars: str, west: float, neighbours: tuple[str, ...] = (), level: str = "gemeinde"):
    """Give a row a square of a tenth of a degree."""
    ring = [[west, 51], [west + 0.1, 51], [west + 0.1, 51.1], [west, 51.1], [west, 51]]
    text = str([ring]).replace(" ", "")
    return Boundary.objects.create(
        level=level,
        ars=ars,
        west=west,
        south=51,
        east=west + 0.1,
        north=51.1,
        neighbours=list(neighbours),
        geometry=f'{{"type":"Polygon","coordinates":{text}}}',
    )


def make_tenant(slug: str, **given: object) -> Tenant:
    """Set an invented municipality up."""
    number = 990000000000 + Tenant.objects.count()
    values = {"level": "demo", "ars": str(number), "name": slug.title(), "is_demo": True}
    return create_tenant(slug=slug, **{**values, **given})


def make_person(name: str, *, is_operator: bool = False) -> User:
    """Create somebody who can sign in."""
    return create_user(
        email=f"{name}@auental.example",
        display_name=name.title(),
        password="vier blaue Esel im Wald",
        is_operator=is_operator,
    )


def make_member(tenant: Tenant, role: str, name: str = "", **given: object) -> User:
    """Create somebody with a role in a municipality."""
    user = make_person(name or f"{role}-{tenant.slug}")
    set_membership(tenant, user, role, **given)
    return user
