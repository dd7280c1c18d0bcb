import json
import random

import pytest

from mehrwert.accounts.actions import KeyLimits, create_key, revoke_key, rotate_key
from mehrwert.base.actor import SYSTEM
from mehrwert.base.clock import now_us
from mehrwert.base.errors import NotFoundError
from mehrwert.municipalities import actions, queries
from mehrwert.municipalities.duties import EASY_LANGUAGE, duties_of_land
from mehrwert.municipalities.errors import UnknownMunicipalityError
from mehrwert.municipalities.models import Boundary, Municipality, Tenant

from .bundle import register_rows
from .fixtures import ARS, SQUARE, make_member, make_tenant, official, outline

MOST_BYTES = 40_000


def size(areas) -> int:
    return len(json.dumps(areas, separators=(",", ":"), ensure_ascii=False).encode())


def largest(count: int) -> list[tuple[str, str]]:
    rows = [r for r in register_rows() if r["level"] == "gemeinde" and r["population"]]
    rows.sort(key=lambda row: -int(row["population"]))
    return [(row["level"], row["ars"]) for row in rows[:count]]


def some(count: int) -> list[tuple[str, str]]:
    rows = random.Random(5515).sample(register_rows(), count)
    return [(row["level"], row["ars"]) for row in rows]


def test_every_map_is_light_and_whole(register):
    """The 20 largest, 50 others of all levels, and the 15 with the longest outline."""
    longest = sorted(Boundary.objects.all(), key=lambda row: -len(row.geometry))[:15]
    chosen = {*largest(20), *some(50), *((row.level, row.ars) for row in longest)}
    heavy, empty = {}, set()
    for level, ars in chosen:
        areas = queries.read_map_of(level, ars, "Ort")
        kinds = [feature["properties"]["kind"] for feature in areas["features"]]
        if size(areas) > MOST_BYTES:
            heavy[level, ars] = size(areas)
        if kinds.count("own") != 1:
            empty.add((level, ars))
    known = set(Boundary.objects.values_list("level", "ars"))
    assert heavy == {}
    assert empty == chosen - known


def test_the_map_shows_neighbours_by_name_and_the_land(auendorf):
    outline("050000000000", 6.0, level="land")
    areas = queries.read_map(auendorf)
    found = [tuple(feature["properties"].values()) for feature in areas["features"]]
    assert found == [("own", "Auendorf"), ("neighbour", "Nebenan"), ("land", "")]


def test_an_invented_municipality_shows_its_own_outline(db):
    town = make_tenant("auental", boundary=SQUARE)
    features = queries.read_map(town)["features"]
    assert [f["properties"] for f in features] == [{"kind": "own", "name": "Auental"}]
    assert queries.read_bbox(town) == (7.6, 51.9, 7.7, 52.0)
    assert "BKG" not in queries.credit(town)


def test_without_an_outline_the_map_is_empty_and_shows_germany(auental):
    assert queries.read_map(auental)["features"] == []
    assert queries.read_bbox(auental) == queries.GERMANY
    assert queries.draw_small(auental) == ""


@pytest.fixture
def auendorf(db):
    official(ARS["auendorf"], "Auendorf", 5000)
    official(ARS["nebenan"], "Nebenan", 5100)
    official(ARS["weitweg"], "Weitweg", 5050)
    official("050010001003", "Großstadt", 500_000)
    outline(ARS["auendorf"], 7.0, (ARS["nebenan"],))
    outline(ARS["nebenan"], 7.1, (ARS["auendorf"],))
    return actions.create_tenant(level="gemeinde", ars=ARS["auendorf"], slug="auendorf")


def test_a_profile_tells_neighbours_similar_places_and_duties(auendorf):
    profile = queries.read_profile_of(auendorf)
    assert [place.name for place in profile.neighbours] == ["Nebenan"]
    assert [place.name for place in profile.similar] == ["Nebenan", "Weitweg"]
    assert EASY_LANGUAGE in {duty.what for duty in profile.duties}
    assert "<svg" in profile.svg
    assert "BKG" in queries.credit(auendorf)
    assert "Destatis" in queries.credit(auendorf)


def test_an_official_municipality_has_box_and_population_of_the_register(auendorf):
    assert queries.read_bbox(auendorf) == (7.0, 51, 7.1, 51.1)
    assert queries.read_population(auendorf) == 5000


def test_an_invented_one_has_no_profile(auental):
    assert queries.read_profile_of(auental) is None
    with pytest.raises(UnknownMunicipalityError):
        queries.read_profile("gemeinde", "000000000000")


def test_similar_places_are_ordered_by_size_and_land_comes_first(auendorf):
    Municipality.objects.filter(name="Weitweg").update(population=5001)
    own = queries.read_official(auendorf)
    first = queries.read_profile(own.level, own.ars).similar[0]
    assert first.name == "Nebenan"


@pytest.mark.parametrize("land", [f"{number:02}" for number in range(1, 17)])
def test_every_land_has_the_duties_of_all_and_a_line_of_its_own(land):
    duties = duties_of_land(land)
    assert [duty.answer for duty in duties[:3]] == ["yes"] * 3
    assert duties[3].what == EASY_LANGUAGE
    assert duties[3].law
    assert duties[3].answer in {"yes", "no", "open"}


def test_unknown_laender_get_no_line_that_we_are_not_sure_of():
    assert len(duties_of_land("99")) == 3


@pytest.mark.parametrize(
    ("name", "proposed"), [("Auental", "auental-2"), ("Neuort", "neuort"), ("Daten", "daten-ort")]
)
def test_a_free_address_is_proposed(auental, name, proposed):
    assert queries.propose_slug(name) == proposed


def test_former_addresses_are_not_proposed_again(auental):
    actions.change_slug(auental, "bad-auental", actor=SYSTEM)
    assert queries.propose_slug("Auental") == "auental-2"


def test_members_are_listed_by_name_without_those_who_left(auental, admin):
    for name in ("zoe", "berta"):
        make_member(auental, "viewer", name)
    gone = queries.list_members(auental).last()
    actions.remove_membership(auental, gone.pk, actor=SYSTEM)
    names = [member.user.display_name for member in queries.list_members(auental)]
    assert names == ["Anna", "Berta"]
    assert queries.count_members(auental) == 2
    with pytest.raises(NotFoundError):
        queries.read_member(auental, gone.pk)
    assert queries.read_member(auental, gone.pk, removed=True) == gone


def test_the_list_of_municipalities_counts_people_who_are_in(auental, admin):
    make_member(auental, "viewer", "vera")
    make_member(auental, "viewer", "alt", until_us=now_us() - 1)
    make_tenant("leer")
    assert [(t.slug, t.n_members) for t in queries.list_tenants()] == [("auental", 2), ("leer", 0)]


def states(tenant: Tenant) -> dict[str, str]:
    from mehrwert.accounts.queries import list_keys

    rows = queries.list_key_rows(list(list_keys(tenant.pk)))
    return {f"{row.key.name}{row.key.pk}": row.state for row in rows}


def test_each_key_says_whether_it_works(auental):
    def new(name: str, **limits) -> int:
        key, _ = create_key(
            tenant_id=auental.pk,
            name=name,
            scopes=["read"],
            actor=SYSTEM,
            limits=KeyLimits(**limits),
        )
        return key.pk

    good, late, old, blocked = (
        new("gut"),
        new("alt", expires_us=now_us() - 1),
        new("neu"),
        new("weg"),
    )
    fresh, _ = rotate_key(old, tenant_id=auental.pk, overlap_hours=24, actor=SYSTEM)
    revoke_key(blocked, tenant_id=auental.pk, actor=SYSTEM)
    assert states(auental) == {
        f"gut{good}": "valid",
        f"alt{late}": "expired",
        f"neu{old}": "replaced",
        f"neu{fresh.pk}": "valid",
        f"weg{blocked}": "revoked",
    }
    assert queries.count_valid_keys(auental) == 3
    with pytest.raises(NotFoundError):
        queries.read_key_of(make_tenant("fremd"), good)


@pytest.mark.django_db(databases=["default", "observations"])
def test_the_first_steps_link_only_what_the_role_allows(auental, admin):
    steps = queries.list_first_steps(auental, lambda capability: capability == "import_data")
    assert [bool(step.url) for step in steps] == [False, True, True, False]
    assert [step.is_done for step in steps] == [True, False, False, False]
