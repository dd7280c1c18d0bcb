"""The format mehrwert.yml: schema, round trip, parking, German findings (CAT-201, CAT-202)."""

import pytest
from jsonschema import Draft202012Validator

from mehrwert.catalogue import bundled
from mehrwert.catalogue.profile import (
    FIELDS,
    export_text,
    field_of,
    import_text,
    label_of,
    read_schema,
    validate,
)
from mehrwert.catalogue.rules import REQUIREMENTS

FILE = """
mehrwert_version: "1"
name: Bodenfeuchte an Stadtbäumen
short_description: Misst, welche Bäume Wasser brauchen.
solution_type: hardware_software
origin: {key: "09462000", level: gemeinde, name: Bayreuth}
programme: none
fields_of_action: [Klimaanpassung]
problem: "no"
status: pilot
status_since: "2024-05"
preconditions: {staff_hours_per_week: null}
provenance:
  "": {source: "declared:09462000", verified_on: "2026-03-02", verified_by_role: Gartenamt}
  /preconditions/staff_hours_per_week: {state: unknown, asked_on: "2026-03-02"}
"""


def test_the_schema_is_one_and_every_needed_field_is_in_it():
    Draft202012Validator.check_schema(read_schema())
    pointers = [field.pointer for field in FIELDS]
    for need in REQUIREMENTS:
        assert field_of(need.pointer) or any(p.startswith(need.pointer) for p in pointers)
    assert len(FIELDS) > 60
    assert label_of("/code/licence", "de") == "Lizenz"
    assert label_of("/ended/reasons", "en") == "Reasons"


def test_a_file_comes_back_as_it_went():
    read = import_text(FILE)
    assert read.findings == ()
    assert read.profile["status_since"] == "2024-05"
    assert read.profile["problem"] == "no"
    assert read.provenance[""]["source"] == "declared:09462000"
    again = import_text(export_text(read.profile, read.provenance))
    assert (again.profile, again.provenance) == (read.profile, read.provenance)


def test_every_bundled_entry_is_valid_and_comes_back():
    for entry in bundled.read_solutions(lambda level, key, written: written):
        text = export_text(entry.profile, entry.provenance)
        read = import_text(text)
        assert (entry.import_id, read.findings) == (entry.import_id, ())
        assert (read.profile, read.provenance) == (entry.profile, entry.provenance)
        assert export_text(read.profile, read.provenance) == text


def test_unknown_keys_are_parked_on_import_and_refused_on_entry():
    read = import_text(FILE + "farbe: rot\ncode: {repository_url: 'https://example.org', fee: 1}\n")
    assert set(read.parked) == {"/code/fee", "/farbe"}
    assert read.profile["unmapped"] == {"/code/fee": 1, "/farbe": "rot"}
    assert read.findings == ()
    found = validate({"mehrwert_version": "1", "name": "A", "farbe": "rot"})
    assert [(f.pointer, f.text()) for f in found] == [
        ("/farbe", "Die Angabe „farbe“ kennt das Format nicht.")
    ]


@pytest.mark.parametrize(
    ("change", "pointer", "words"),
    [
        ("status: kaputt", "/status", "Liste der erlaubten"),
        ("origin: {key: 9462000, name: A}", "/origin/key", "andere Art"),
        (f"short_description: {'ä' * 151}", "/short_description", "höchstens 150"),
        ("status_since: 05/2024", "/status_since", "Form"),
        ("code: {repository_url: 'ftp://x'}", "/code/repository_url", "Form"),
        ("fields_of_action: []", "/fields_of_action", "mindestens ein"),
    ],
)
def test_findings_say_where_and_what_in_german(change, pointer, words):
    name = change.partition(":")[0]
    lines = [line for line in FILE.splitlines() if not line.startswith(f"{name}:")]
    read = import_text("\n".join([*lines[:2], change, *lines[2:]]))
    assert pointer in [found.pointer for found in read.findings]
    assert any(words in found.text() for found in read.findings)


@pytest.mark.parametrize(
    "text", ["{", "- 1", "a: 1\na: 2", "a: &x [1]\nb: *x", "\x00", "a: !!python/object:os.x 1"]
)
def test_what_is_no_file_is_refused_in_words(text):
    (found,) = import_text(text).findings
    assert found.rule == "yaml"
    assert "lässt sich nicht lesen" in found.text()


@pytest.mark.parametrize(
    "kind", ["software", "saas", "hardware_software", "procedure", "place_or_offer"]
)
def test_one_format_for_every_kind_of_solution(kind):
    """CAT-202."""
    profile = {"name": "A", "solution_type": kind}
    assert import_text(export_text(profile, {})).profile == profile


def test_official_keys_stay_texts_in_every_reader():
    """Zeros in front survive; other readers see quotes."""
    text = export_text({"name": "A", "origin": {"key": "09462000", "name": "B"}}, {})
    assert "'09462000'" in text
