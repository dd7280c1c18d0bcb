"""Profile → publiccode.yml: valid without warnings, or the list of what is missing (CAT-705)."""

from typing import Any

import pytest
import yaml

from mehrwert.base.clock import now_us
from mehrwert.catalogue.models import Adoption, Solution
from mehrwert.standards.publiccode.mapping import export_of, profile_of
from mehrwert.standards.publiccode.queries import check_bytes

from .factories import LONG, full


def profile(**changes: Any) -> dict[str, Any]:
    return {
        "name": "Bachwarner",
        "short_description": "Warnt vor Hochwasser an kleinen Bächen.",
        "description": LONG,
        "features": ["Pegel auf der Karte"],
        "languages": ["de", "en"],
        "status": "operation",
        "fields_of_action": ["Wasser", "Bauen & Wohnen"],
        "origin": {"key": "99999001", "name": "Auental"},
        "contact": {
            "unit": "Bauhof Auental",
            "functional_mailbox": "bauhof@auental.example",
            "person": "Erika Geheim",
        },
        "code": {
            "repository_url": "https://git.example.org/auental/bachwarner",
            "licence": "EUPL-1.2",
            "software_type": "standalone/web",
            "platforms": ["web"],
            "software_version": "2.1",
            "release_date": "2026-04-15",
        },
        **changes,
    }


def make_solution(**changes: Any) -> Solution:
    return Solution.objects.create(
        slug="bachwarner",
        entry_origin="declared",
        is_public=True,
        profile=profile(**changes),
        created_us=now_us(),
        changed_us=now_us(),
        name="Bachwarner",
        sort_name="bachwarner",
        level="minimal",
        freshness="fresh",
    )


def test_an_export_has_no_errors_and_no_warnings():
    text = export_of(profile(), ["Musterstadt"]).text
    assert check_bytes(text.encode()).outcome.findings == []
    data = yaml.safe_load(text)
    assert data["publiccodeYmlVersion"] == "0"
    assert data["organisation"] == {"uri": "urn:x-de-ags:99999001", "name": "Auental"}
    assert data["developmentStatus"] == "stable"
    assert data["usedBy"] == ["Musterstadt"]
    assert data["intendedAudience"]["scope"] == ["environment", "local-authorities"]
    assert data["maintenance"]["contacts"] == [
        {"name": "Bauhof Auental", "email": "bauhof@auental.example"}
    ]
    assert "Geheim" not in text


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"code": None}, "/code/repository_url"),
        ({"features": []}, "/features"),
        ({"description": None}, "/description"),
        ({"contact": {}}, "/contact/unit"),
        ({"languages": None}, "/languages"),
        ({"status": None}, "/code/development_status"),
    ],
)
def test_what_is_missing_is_listed_and_nothing_filled_in(changes, missing):
    made = export_of(profile(**changes), [])
    assert made.text == ""
    assert missing in made.missing


def test_what_a_file_says_comes_back():
    data = full()
    found = profile_of(data, "https://git.example.org/auental/bachwarner/publiccode.yml")
    assert found["short_description"] == data["description"]["de"]["shortDescription"]
    assert found["code"]["licence"] == "EUPL-1.2"
    assert found["code"]["development_status"] == "stable"
    assert found["based_on"] == data["isBasedOn"]
    assert "contact" not in found


def test_texts_in_another_language_are_not_taken():
    data = full()
    data["description"] = {"en": data["description"]["de"]}
    assert "short_description" not in profile_of(data)


@pytest.mark.django_db
def test_the_door(client):
    solution = make_solution()
    Adoption.objects.create(
        solution=solution,
        basis="declared",
        relation="reuse",
        status="live",
        place_level="gemeinde",
        place_key="99999002",
        place_name="Musterstadt",
        source_name="Musterstadt",
        source="declared:99999002",
        changed_us=now_us(),
    )
    response = client.get("/publiccode/bachwarner.yml")
    assert response["Content-Type"] == "application/yaml; charset=utf-8"
    assert yaml.safe_load(response.content)["usedBy"] == ["Musterstadt"]
    assert client.get("/publiccode/none.yml").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "missing"),
    [({"features": []}, "/features"), ({"description": "Kurz."}, "description.de.longDescription")],
)
def test_the_door_says_what_is_missing(client, changes, missing):
    make_solution(**changes)
    response = client.get("/publiccode/bachwarner.yml")
    assert (response.status_code, response.json()) == (409, {"missing": [missing]})
