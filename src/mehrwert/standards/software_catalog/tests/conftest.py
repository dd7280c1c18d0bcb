"""A solution with code whose metadata is complete."""

import uuid

import pytest

from mehrwert.base.clock import now_us
from mehrwert.catalogue.models import Solution


@pytest.fixture
def solution() -> Solution:
    return Solution.objects.create(
        uuid=uuid.uuid4(),
        slug="bachwarner",
        entry_origin="declared",
        is_public=True,
        profile={
            "name": "Bachwarner",
            "short_description": "Warnt vor Hochwasser an kleinen Bächen.",
            "description": "Die Anwendung liest Pegelstände kleiner Bäche. " * 5,
            "features": ["Pegel auf der Karte"],
            "languages": ["de"],
            "status": "operation",
            "origin": {"key": "99999001", "name": "Auental"},
            "contact": {"unit": "Bauhof", "person": "Erika Geheim"},
            "code": {
                "repository_url": "https://git.example.org/auental/bachwarner",
                "licence": "EUPL-1.2",
                "software_type": "standalone/web",
                "platforms": ["web"],
            },
        },
        created_us=now_us(),
        changed_us=now_us(),
        name="Bachwarner",
        sort_name="bachwarner",
        status="operation",
        level="minimal",
        freshness="fresh",
    )
