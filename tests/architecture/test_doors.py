"""Doors are thin: no queries in them, no rules, no secrets in texts."""

import re

import pytest

from .house import SOURCE, is_door, outline_of, python_files, room_of, rooms, short

pytestmark = [pytest.mark.xdist_group("outlines")]
CAPABILITIES = (SOURCE / "municipalities" / "choices.py").read_text(encoding="utf-8")
TEMPLATE_TAG = re.compile(r"{%\s*(?:include|extends)\s+[\"']([^\"']+)[\"']")


def doors():
    return [p for p in python_files() if is_door(p)]


@pytest.mark.parametrize("path", doors(), ids=short)
def test_a_door_asks_actions_and_queries_not_the_database(path):
    assert outline_of(path).managers == ()


def test_no_handler_catches_everything():
    blind = [f"{short(path)}:{line}" for path in python_files() for line in outline_of(path).blind]
    assert blind == []


def test_templates_include_only_their_own_room_base_and_lower_rooms():
    lower = {
        "base": set(),
        "accounts": set(),
        "municipalities": {"accounts"},
        "observations": {"accounts", "municipalities"},
        "intake": {"accounts", "municipalities", "observations"},
        "table_files": {"accounts", "municipalities", "observations"},
        "demo": {"accounts", "municipalities", "observations"},
    }
    wrong = []
    for room in rooms():
        for template in (room / "templates").rglob("*.html"):
            for name in TEMPLATE_TAG.findall(template.read_text(encoding="utf-8")):
                target = name.split("/")[0]
                own = {room.name, "base", "django", "account", "allauth", "mfa", "usersessions"}
                own |= {"socialaccount"}
                if target not in own | lower.get(room.name, set()):
                    wrong.append(f"{template.relative_to(SOURCE)} → {name}")
    assert wrong == []


# data in a page is no script: nothing runs it
DATA = re.compile(r"application/(?:ld\+)?json")


def test_pages_carry_no_inline_script_or_style():
    pattern = re.compile(r"\sstyle=|\son\w+=|<style|<script(?![^>]*\bsrc=)", re.IGNORECASE)
    wrong = [
        f"{template.relative_to(SOURCE)}: {match.group(0)}"
        for room in rooms()
        for template in (room / "templates").rglob("*.html")
        for match in pattern.finditer(template.read_text(encoding="utf-8"))
        if not DATA.search(template.read_text(encoding="utf-8")[match.start() :][:60])
    ]
    assert wrong == []


def test_pages_ask_only_for_capabilities_that_exist():
    """A misspelt capability would hide its button from everybody."""
    known = set(re.findall(r'^    [A-Z_]+ = "(\w+)"$', CAPABILITIES, re.MULTILINE))
    asked = {
        (template.name, word)
        for room in rooms()
        for template in (room / "templates").rglob("*.html")
        for word in re.findall(r"request\.can\.(\w+)", template.read_text(encoding="utf-8"))
    }
    assert asked
    assert [one for one in sorted(asked) if one[1] not in known] == []


def test_every_room_is_placed():
    assert all(room_of(f"mehrwert.{room.name}") for room in rooms())
