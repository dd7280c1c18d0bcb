"""A municipality takes a list of measures over and back (CAT-213)."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from mehrwert.base.actor import SYSTEM
from mehrwert.base.tenant import tenant_scope
from mehrwert.catalogue import actions, bundled, queries
from mehrwert.catalogue.errors import ListStateError, NoNameColumnError
from mehrwert.catalogue.models import Solution, SolutionVersion
from mehrwert.catalogue.search.documents import SearchRequest
from mehrwert.municipalities.tests.fixtures import make_member, make_tenant, official

from .factories import body, make_adoption

pytestmark = pytest.mark.django_db
LIST = """Nr;Maßnahme;Kurzbeschreibung;Handlungsfeld;Status
1;Rufbus;Fährt, wenn man ruft.;Mobilität;Pilot
2;Leihrad;Räder zum Leihen.;Verkehr;rollt
3;;ohne Namen;;
"""
HOME = "/bayreuth/loesungen/"


@pytest.fixture
def town(db):
    official("094620000000", "Bayreuth", 74_000, ags="09462000", land_code="09")
    town = make_tenant("bayreuth", level="gemeinde", ars="094620000000", is_demo=False)
    with tenant_scope(town.pk):
        yield town


def hand_in(town, text: str = LIST, *, is_public: bool = True):
    row = actions.open_list(town, "liste.csv", text.encode(), actor=SYSTEM)
    actions.map_list(row, row.plan["targets"], dated=date(2025, 3, 1))
    return actions.store_list(row, town, is_public=is_public, actor=SYSTEM)


def test_rows_become_imported_entries_with_source_and_date(town):
    row = hand_in(town)
    assert row.report == {"new": 2, "changed": 0, "same": 0, "bad": 1}
    bus = Solution.objects.get(slug="rufbus")
    assert (bus.entry_origin, bus.status, bus.level) == ("imported", "pilot", "stub")
    assert bus.owner_tenant_id == town.pk
    assert bus.provenance[""]["source"].startswith("import:liste.csv@")
    assert bus.source_date == date(2025, 3, 1)
    assert bus.profile["origin"] == {"level": "gemeinde", "key": "09462000", "name": "Bayreuth"}
    assert Solution.objects.get(slug="leihrad").status == ""


def test_a_second_time_changes_nothing_and_undoing_leaves_nothing(town):
    first = hand_in(town)
    before = list(Solution.objects.order_by("pk").values_list("profile", "version", "changed_us"))
    again = hand_in(town)
    assert again.report == {"new": 0, "changed": 0, "same": 2, "bad": 1}
    after = list(Solution.objects.order_by("pk").values_list("profile", "version", "changed_us"))
    assert after == before
    assert actions.undo_list(first, town, actor=SYSTEM) == 0
    assert not Solution.objects.exists()
    assert queries.search_solutions(SearchRequest(text="Rufbus")).total == 0
    with pytest.raises(ListStateError):
        actions.undo_list(first, town, actor=SYSTEM)


def test_changes_of_the_list_come_and_those_of_people_stay(town):
    hand_in(town)
    bus = Solution.objects.get(slug="rufbus")
    profile = {**bus.profile, "short_description": "Von Hand."}
    actions.revise_solution(bus, town, profile, reason="besser", based_on=1, actor=SYSTEM)
    changed = LIST.replace("Fährt, wenn man ruft.", "Neu.").replace("Räder zum", "Rad zum")
    second = hand_in(town, changed)
    assert second.report == {"new": 0, "changed": 1, "same": 1, "bad": 1}
    bus.refresh_from_db()
    assert bus.short_description == "Von Hand."
    wheel = Solution.objects.get(slug="leihrad")
    assert (wheel.short_description, wheel.version) == ("Rad zum Leihen.", 2)
    actions.undo_list(second, town, actor=SYSTEM)
    wheel.refresh_from_db()
    assert (wheel.short_description, wheel.version) == ("Räder zum Leihen.", 3)
    assert SolutionVersion.objects.filter(solution=wheel).count() == 3


def test_entries_that_somebody_uses_stay(town):
    row = hand_in(town)
    make_adoption(Solution.objects.get(slug="rufbus"), "09461000")
    assert actions.undo_list(row, town, actor=SYSTEM) == 1
    assert [s.slug for s in Solution.objects.all()] == ["rufbus"]


def test_the_collection_leaves_entries_of_lists_alone(town):
    hand_in(town)
    assert not Solution.objects.filter(is_gone=True).exists()
    known = Solution.objects.exclude(import_id=None).exclude(import_id__startswith="liste:")
    assert not known.exists()


def test_one_column_is_the_name(town):
    row = actions.open_list(town, "liste.csv", LIST.encode(), actor=SYSTEM)
    for targets in (["", "", "", "", ""], ["/name", "/name", "", "", ""]):
        with pytest.raises(NoNameColumnError):
            actions.map_list(row, targets, dated=None)


def test_all_183_real_measures_are_taken_over_and_back(town):
    """CAT-213: what the test person does, without the person."""
    row = actions.open_list(town, "a.json", bundled.SOLUTIONS.read_bytes(), actor=SYSTEM)
    row = actions.store_list(row, town, is_public=False, actor=SYSTEM)
    assert row.report == {"new": 183, "changed": 0, "same": 0, "bad": 0}
    assert actions.undo_list(row, town, actor=SYSTEM) == 0
    assert not Solution.objects.exists()


def test_an_editor_walks_through_the_pages(client, town):
    client.force_login(make_member(town, "editor", "emil"))
    refused = client.post(f"{HOME}listen/", {"datei": SimpleUploadedFile("a.csv", b"\x00\x01")})
    assert refused.status_code == 422
    answer = client.post(f"{HOME}listen/", {"datei": SimpleUploadedFile("a.csv", LIST.encode())})
    page = body(client.get(answer.url))
    assert '<option value="/name" selected>' in page
    assert "Fährt, wenn man ruft." in page
    bad = client.post(answer.url, {"spalte0": "/name", "spalte1": "/name"})
    assert "genau eine Spalte" in body(bad)
    targets = ["key", "/name", "/short_description", "/fields_of_action", "/status"]
    given = {f"spalte{i}": target for i, target in enumerate(targets)}
    check = client.post(answer.url, {**given, "stand": "2025-03-01"}).url
    page = body(client.get(check))
    assert "Was bedeuten diese Wörter?" in page
    assert "Die Zeile hat keinen Namen und bleibt weg." in page
    client.post(check, {"wort0": "operation"})
    assert "Was bedeuten diese Wörter?" not in body(client.get(check))
    client.post(f"{check}uebernehmen/", {"sichtbar": "ja"})
    assert "Übernommen · Selbstauskunft, nicht geprüft" in body(client.get("/loesungen/leihrad/"))
    assert "leihrad" in body(client.get(check))
    assert "nichts geblieben" in body(client.post(f"{check}zurueck/", follow=True))
    assert client.get("/loesungen/leihrad/").status_code == 404


def test_a_list_of_another_town_is_not_found(client, town):
    row = actions.open_list(town, "liste.csv", LIST.encode(), actor=SYSTEM)
    other = make_tenant("nebenan")
    client.force_login(make_member(other, "editor", "nele"))
    assert client.get(f"/nebenan/loesungen/listen/{row.pk}/").status_code == 404
