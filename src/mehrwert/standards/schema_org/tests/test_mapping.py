"""JSON-LD of a solution: classes, CodeMeta terms, nothing unknown, no person (CAT-751)."""

import json
import uuid
from typing import Any

import pytest
from django.test import RequestFactory

from mehrwert.catalogue.models import Solution
from mehrwert.standards.schema_org.mapping import describe, to_script
from mehrwert.standards.schema_org.panels import head

BASE = "https://daten.auental.example"


def solution(**changes: Any) -> Solution:
    profile = {
        "name": "Bachwarner",
        "short_description": "Warnt vor Hochwasser.",
        "solution_type": "software",
        "fields_of_action": ["Wasser"],
        "features": ["Karte"],
        "origin": {"key": "99999001", "name": "Auental"},
        "contact": {"unit": "Bauhof", "person": "Erika Geheim"},
        "code": {
            "repository_url": "https://git.example.org/a/b",
            "licence": "EUPL-1.2",
            "software_version": "2.1",
            "release_date": "2026-04-15",
            "platforms": ["web"],
            "development_status": "stable",
        },
        **changes,
    }
    return Solution(
        uuid=uuid.UUID(int=1),
        slug="bachwarner",
        entry_origin="imported",
        is_public=True,
        profile=profile,
        status="operation",
        changed_us=1_700_000_000_000_000,
    )


def test_software_with_its_code():
    told = describe(solution(), BASE)
    assert told["@type"] == "SoftwareApplication"
    assert told["@id"] == f"{BASE}/loesungen/bachwarner/"
    assert told["provider"]["identifier"]["value"] == "99999001"
    assert told["keywords"] == ["Wasser", "Karte"]
    assert told["mehrwert:unverified"] is True
    assert told["subjectOf"] == {
        "@type": "SoftwareSourceCode",
        "codeRepository": "https://git.example.org/a/b",
        "license": "https://spdx.org/licenses/EUPL-1.2",
        "version": "2.1",
        "dateModified": "2026-04-15",
        "targetProduct": ["web"],
        "codemeta:developmentStatus": "stable",
    }
    assert "Geheim" not in json.dumps(told)


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("saas", "SoftwareApplication"),
        ("hardware_software", "Product"),
        ("procedure", "Service"),
        ("place_or_offer", "Service"),
        (None, "CreativeWork"),
    ],
)
def test_what_is_no_code_has_another_class(kind, name):
    told = describe(solution(solution_type=kind, code=None), BASE)
    assert told["@type"] == name
    assert "subjectOf" not in told
    assert None not in told.values()


def test_a_text_cannot_leave_the_element():
    told = describe(solution(name="</script><b>&"), BASE)
    assert "<" not in to_script(told)
    assert json.loads(to_script(told)) == told


def test_the_panel_is_for_public_solutions(settings):
    request = RequestFactory().get("/")
    name, values = head(request, solution())
    assert name == "schema_org/head.html"
    assert json.loads(values["data"])["@type"] == "SoftwareApplication"
    hidden = solution()
    hidden.is_public = False
    assert head(request, hidden) is None


@pytest.mark.django_db
def test_the_page_carries_the_data(client):
    row = solution()
    row.created_us = row.changed_us
    row.name, row.sort_name, row.level, row.freshness = "Bachwarner", "bachwarner", "stub", "stale"
    row.save()
    page = client.get("/loesungen/bachwarner/").content.decode()
    start = page.index('<script type="application/ld+json">') + 35
    assert json.loads(page[start : page.index("</script>", start)])["name"] == "Bachwarner"
