"""The plan of the house: who may import what of whom."""

import tomllib
from functools import cache

import grimp
import pytest

from .house import ROOT, room_of, rooms, short

PUBLIC = {"actions", "queries", "events", "models", "choices", "errors", "access"}
ROOF = {"", "__main__", "site"}
FREE_FOR_ALL = {"base", "figures", "stats", "documents"}


@cache
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("mehrwert", exclude_type_checking_imports=True)


def crossings() -> list[tuple[str, str]]:
    """Return (importer, imported) wherever an import leaves a room, tests and the roof left out."""
    found = []
    for importer in graph().modules:
        if ".tests" in importer or ".migrations" in importer or room_of(importer) in ROOF:
            continue
        for imported in graph().find_modules_directly_imported_by(importer):
            if room_of(imported) not in {room_of(importer), ""}:
                found.append((importer, imported))  # noqa: PERF401
    return found


def furniture_of(module: str) -> str:
    """Return the furniture of a module: ``mehrwert.observations.actions.write`` → ``actions``."""
    tail = module.removeprefix(f"mehrwert.{room_of(module)}").lstrip(".")
    return tail.split(".")[0]


def test_other_rooms_are_entered_only_by_their_public_files():
    wrong = sorted(
        f"{importer} → {imported}"
        for importer, imported in crossings()
        if room_of(imported) not in FREE_FOR_ALL and furniture_of(imported) not in PUBLIC
    )
    assert wrong == []


def test_migrations_depend_only_on_lower_rooms():
    order = _floor_of_each_room()
    wrong = []
    for importer in graph().modules:
        if ".migrations" not in importer:
            continue
        for imported in graph().find_modules_directly_imported_by(importer):
            if order.get(room_of(imported), 0) < order.get(room_of(importer), 0):
                wrong.append(f"{importer} → {imported}")  # noqa: PERF401
    assert wrong == []


def _floor_of_each_room() -> dict[str, int]:
    """Return the floor of each room counted from the roof: a larger number lies lower."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    floors = settings["tool"]["importlinter"]["contracts"][0]["layers"]
    return {
        name.strip(" ()"): number for number, row in enumerate(floors) for name in row.split("|")
    }


@pytest.mark.parametrize("room", rooms(), ids=short)
def test_every_room_has_a_readme(room):
    text = (room / "README.md").read_text(encoding="utf-8")
    assert 5 <= len(text.splitlines()) <= 80


def test_the_page_docs_house_md_shows_the_floors_of_the_contract():
    text = (ROOT / "docs" / "house.md").read_text(encoding="utf-8")
    plan = text.split("<!-- floors -->")[1].split("```")[1]
    drawn = [
        [name.strip(" ()") for name in line.split("  ")[-1].split("│")]
        for line in plan.strip().splitlines()
    ]
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    floors = settings["tool"]["importlinter"]["contracts"][0]["layers"]
    wanted = [[name.strip(" ()") for name in row.split("|")] for row in floors]
    assert drawn == wanted


def test_the_page_docs_house_md_names_every_room():
    text = (ROOT / "docs" / "house.md").read_text(encoding="utf-8")
    missing = [short(room) for room in rooms() if f"{room.name}/" not in text]
    assert missing == []
