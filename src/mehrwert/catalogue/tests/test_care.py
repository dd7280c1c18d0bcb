"""What an entry needs: reminders, take-over, relations, the work list (CAT-206, 210, 211, 212)."""

from datetime import date, timedelta

import pytest
from django.core import mail

from mehrwert.base.actor import SYSTEM
from mehrwert.catalogue import actions, panels, queries
from mehrwert.catalogue.choices import Care, Freshness, LinkKind
from mehrwert.catalogue.errors import CircularLinkError, NotOwnEntryError
from mehrwert.catalogue.models import MissedSearch, Solution, SolutionLink
from mehrwert.catalogue.rules import list_due, mean_sentence_length
from mehrwert.municipalities.actions import remove_membership
from mehrwert.municipalities.models import Membership
from mehrwert.municipalities.tests.fixtures import make_member, make_person, make_tenant, official

from .factories import MINIMAL, body, make_adoption, make_solution

DAY = date(2026, 3, 1)
TOLD = {"": {"source": "declared:1", "verified_on": DAY.isoformat()}}


@pytest.fixture
def town(db):
    official("094620000000", "Bayreuth", 74_000, ags="09462000", land_code="09")
    return make_tenant("bayreuth", level="gemeinde", ars="094620000000", is_demo=False)


@pytest.mark.parametrize(
    ("days", "state"),
    [
        (334, None),
        (335, Freshness.DUE),
        (365, Freshness.DUE),
        (366, Freshness.STALE),
        (730, Freshness.STALE),
        (731, Freshness.EXPIRED),
    ],
)
def test_values_run_out_by_the_clock(days, state):
    """CAT-206: ttl - 31, ttl - 30, ttl, ttl + 1, 2·ttl and a day more."""
    due = list_due({"contact": {"unit": "Amt"}}, TOLD, DAY + timedelta(days=days))
    assert [d.state for d in due] == ([state] if state else [])


def test_the_length_of_sentences():
    assert mean_sentence_length("") == 0
    assert mean_sentence_length("Das ist gut. Es hilft allen Leuten!") == 3.5


def test_a_municipality_is_reminded_once_and_confirms_with_a_click(client, town, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    row = make_solution(owner_tenant_id=town.pk, provenance=TOLD)
    editor = make_member(town, "editor", "emil")
    make_member(town, "viewer", "vera")
    today = DAY + timedelta(days=340)
    assert actions.remind_owners(today) == 1
    assert (mail.outbox[0].to, row.name in mail.outbox[0].body) == ([editor.email], True)
    assert actions.remind_owners(today + timedelta(days=1)) == 0
    Solution.objects.update(provenance={"": {**TOLD[""], "verified_on": "2024-01-01"}})
    client.force_login(editor)
    page = body(client.get("/bayreuth/loesungen/"))
    assert "abgelaufen am" in page
    assert panels.home(None, town)[1]["n"] == 1
    for block in ("maturity", "contact", "code", "preconditions"):
        answer = client.post(
            f"/bayreuth/loesungen/{row.slug}/bestaetigen/", {"block": block, "zu": "liste"}
        )
    assert answer.url == "/bayreuth/loesungen/"
    assert not queries.list_due_entries(town)


def test_an_entry_is_orphaned_when_the_last_editor_leaves(client, town):
    """CAT-211: at once, and shown."""
    row = make_solution(owner_tenant_id=town.pk)
    editor = make_member(town, "editor", "emil")
    assert not queries.is_orphaned(row)
    assert "verwaist" not in body(client.get("/loesungen/bodenfeuchte/"))
    membership = Membership.objects.get(user=editor)
    remove_membership(town, membership.pk, actor=SYSTEM)
    assert queries.is_orphaned(row)
    assert "verwaist: niemand" in body(client.get("/loesungen/bodenfeuchte/"))
    assert [r.slug for r in queries.list_care(Care.ORPHANED)] == [row.slug]


def test_an_orphan_is_listed_and_taken_over_by_who_uses_it(client, town):
    """CAT-211: not hidden; neither a stranger nor a user of a kept entry gets it."""
    official("096770000000", "Nebenan", 9_000, ags="09677000", land_code="09")
    other = make_tenant("nebenan", level="gemeinde", ars="096770000000", is_demo=False)
    row = make_solution(owner_tenant_id=town.pk)
    keeper = make_member(town, "editor", "emil")
    use = {"basis": "declared", "status": "live", "tenant_id": other.pk}
    make_adoption(row, "09677000", **use)
    client.force_login(make_member(other, "editor", "nora"))
    assert client.post(f"/nebenan/loesungen/{row.slug}/uebernehmen/").status_code == 403
    remove_membership(town, Membership.objects.get(user=keeper).pk, actor=SYSTEM)
    page = body(client.get("/loesungen/verwaist/"))
    assert "/uebernehmen/" in page
    assert "1 Kommune erklärt Einsatz" in page
    make_solution("sammlung", entry_origin="imported", name="Aus der Sammlung")
    never = body(client.get("/loesungen/verwaist/?art=nie"))
    assert "Aus der Sammlung" in never
    assert "/uebernehmen/" not in never
    assert "/uebernehmen/" in body(client.get("/nebenan/loesungen/"))
    client.post(f"/nebenan/loesungen/{row.slug}/uebernehmen/")
    row.refresh_from_db()
    assert row.owner_tenant_id == other.pk
    assert "Keine Kommune hat einen Eintrag verlassen" in body(client.get("/loesungen/verwaist/"))
    assert "Noch nie gepflegte ansehen" in body(client.get("/loesungen/verwaist/"))


@pytest.mark.parametrize(
    ("by", "label"),
    [("machine", "noch nicht geprüft"), ("machine_checked", "von Menschen geprüft")],
)
def test_a_summary_of_a_program_says_so(client, db, by, label):
    """CAT-212."""
    make_solution(plain_summary="Kurz. Klar.", plain_summary_by=by)
    assert f"maschinell entworfen, {label}" in body(client.get("/loesungen/bodenfeuchte/"))


def test_every_kind_of_the_work_list_finds_its_case(client, db):
    client.force_login(make_person("otto", is_operator=True))
    MissedSearch.objects.create(text="seilbahn", times=3, first_us=1, last_us=1)
    MissedSearch.objects.create(text="selten", times=2, first_us=1, last_us=1)
    make_solution("alt", entry_origin="imported", name="Alt")
    make_solution("quer", ended={"on": "2024"}, name="Quer")
    make_solution("ende", status="ended", ended={"on": "2024"}, name="Ende")
    make_solution("lang", plain_summary="Wort " * 16 + ".", name="Lang")
    make_solution("frei", code={"licence_note": "EUPL oder so"}, name="Frei")
    found = {kind: count for kind, count in queries.count_care().items() if count}
    assert found == {
        Care.MISSED: 1,
        Care.ORPHANED: 5,
        Care.STALE: 5,
        Care.CONTRADICTORY: 1,
        Care.UNVERIFIABLE: 1,
        Care.ENDED: 1,
        Care.EXIT: 1,
        Care.LICENCE: 1,
        Care.HARD_TO_READ: 1,
    }
    assert "seilbahn" in body(client.get("/betrieb/katalog/"))
    assert "Widerspruch" in body(client.get("/betrieb/katalog/?art=contradictory"))
    assert "nichts zu tun" in body(client.get("/betrieb/katalog/?art=links"))


def test_relations_are_confirmed_or_refused_and_form_no_circle(client, town):
    """CAT-210: a shared repository proposes, somebody answers, nothing is merged."""
    code = {"repository_url": "https://code.example/a"}
    one = make_solution("eins", owner_tenant_id=town.pk, code=code)
    two = make_solution("zwei", code=code)
    assert actions.propose_links() == 1
    link = SolutionLink.objects.get()
    other = make_tenant("nebenan")
    with pytest.raises(NotOwnEntryError):
        actions.answer_link(link.pk, LinkKind.VARIANT_OF, actor=SYSTEM, tenant=other)
    client.force_login(make_member(town, "editor", "emil"))
    assert "Gehören diese Einträge zusammen?" in body(client.get("/bayreuth/loesungen/"))
    client.post(f"/bayreuth/loesungen/verwandt/{link.pk}/", {"art": "variant_of"})
    link.refresh_from_db()
    assert (link.kind, link.is_confirmed) == ("variant_of", True)
    back = SolutionLink.objects.create(solution=one, target=two, kind="based_on")
    with pytest.raises(CircularLinkError):
        actions.answer_link(back.pk, LinkKind.BASED_ON, actor=SYSTEM)
    actions.answer_link(back.pk, None, actor=SYSTEM)
    actions.answer_link(link.pk, None, actor=SYSTEM)
    assert actions.propose_links() == 0
    assert "vorgeschlagen" not in body(client.get("/loesungen/zwei/"))
    assert MINIMAL["name"] == Solution.objects.get(slug="eins").name
