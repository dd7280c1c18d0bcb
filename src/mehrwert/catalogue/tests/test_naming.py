"""A reason that names a vendor or an office: four eyes, and a right of reply (CAT-404)."""

from datetime import date

import pytest

from mehrwert.base.actor import Actor
from mehrwert.catalogue import actions, queries
from mehrwert.catalogue.choices import Care
from mehrwert.catalogue.errors import SecondPersonNeededError
from mehrwert.catalogue.models import Solution
from mehrwert.catalogue.rules.naming import keep_replies, named_parties, needs_second_look
from mehrwert.municipalities.tests.fixtures import make_member, make_person, make_tenant, official

from .factories import MINIMAL, body, make_solution

ENDED = {"on": "2026-01", "carried_out": "yes", "reasons": ["vendor"]}
NAMES = {**ENDED, "text": "Die Muster Software GmbH hat den Dienst abgeschaltet."}
GONE = {"status": "ended", "adoption": {"relation": "origin", "status": "ended"}}


@pytest.fixture
def town(db):
    official("094620000000", "Bayreuth", 74_000, ags="09462000", land_code="09")
    return make_tenant("bayreuth", level="gemeinde", ars="094620000000", is_demo=False)


@pytest.mark.parametrize(
    ("ended", "names"),
    [
        ({"text": "Zu teuer für uns, auch wenn insgesamt zufrieden. Im Ehrenamt lief es."}, []),
        ({"text": "Die Muster Software GmbH ging."}, ["Muster Software GmbH"]),
        ({"text": "Das Bauamt wollte nicht."}, ["Bauamt"]),
        ({"text": "Im Amt für Umwelt fehlte Zeit."}, ["Amt für Umwelt"]),
        ({"text": "acme hat gekündigt"}, ["Acme"]),
        ({"text": "", "reasons": ["vendor"]}, ["Acme"]),
        ({"text": "Der Betreiber hörte auf.", "parties": ["Verein am Bach"]}, ["Verein am Bach"]),
    ],
)
def test_who_is_named(ended, names):
    profile = {"ended": ended, "procurement": {"providers": ["Acme"]}}
    assert named_parties(profile) == names
    assert needs_second_look(None, profile) is bool(names)
    assert not needs_second_look(profile, {**profile, "name": "anders"})


def test_an_author_cannot_drop_a_reply():
    before = {"ended": {**NAMES, "replies": [{"party": "Muster Software GmbH", "text": "Nein."}]}}
    assert keep_replies(before, {"ended": NAMES})["ended"]["replies"]
    assert "replies" not in keep_replies(before, {"ended": {"text": "Es war zu teuer."}})["ended"]
    assert "replies" not in keep_replies({}, before)["ended"]


def as_user(person) -> Actor:
    return Actor("user", person.pk, str(person))


def test_nobody_publishes_a_name_alone(client, town):
    """CAT-404: publish is blocked without a second person, who is not the author."""
    author, second = make_member(town, "editor", "emil"), make_member(town, "editor", "erna")
    row = actions.create_draft(town, {**MINIMAL, **GONE, "ended": NAMES}, actor=as_user(author))
    with pytest.raises(SecondPersonNeededError):
        actions.publish_solution(row, town, actor=as_user(second))
    client.force_login(author)
    answer = client.post(f"/bayreuth/loesungen/{row.slug}/veroeffentlichen/")
    assert "Zurücknehmen" in body(client.get(answer.url))
    assert "Sie haben den Text selbst" in body(
        client.post(answer.url, {"zustimmen": "1"}, follow=True)
    )
    assert not Solution.objects.get().is_public
    client.force_login(second)
    own = body(client.get("/bayreuth/loesungen/"))
    assert "Wartet auf eine zweite Person" in own
    assert "Muster Software GmbH" in own
    client.post(answer.url, {"zustimmen": "1"})
    row.refresh_from_db()
    assert row.is_public
    assert "hat sich hier bisher nicht geäußert" in body(client.get(f"/loesungen/{row.slug}/"))
    assert [r.slug for r in queries.list_care(Care.UNANSWERED)] == [row.slug]
    assert "schon entschieden" in body(client.post(answer.url, {"ablehnen": "1"}, follow=True))


def test_a_new_wording_waits_and_may_be_refused(client, town):
    """CAT-404: the public entry stays as it is until then."""
    row = make_solution(owner_tenant_id=town.pk, **GONE, ended=ENDED)
    author = make_member(town, "editor", "emil")
    client.force_login(author)
    told = {"ended__text": NAMES["text"], "name": row.name, "status": "ended", "fassung": "1"}
    answer = client.post(f"/bayreuth/loesungen/{row.slug}/bearbeiten/", told)
    assert "/zweite/" in answer.url
    assert "text" not in Solution.objects.get().profile["ended"]
    client.force_login(make_member(town, "guide", "gerd"))
    assert "Zustimmen" in body(client.get(answer.url))
    client.post(answer.url, {"ablehnen": "1", "anmerkung": "nicht belegt"})
    assert "nicht belegt" in body(client.get(answer.url))
    assert Solution.objects.get().version == 1


def test_a_person_of_another_town_may_be_the_second(client, town):
    """CAT-404, decision 41: that town sees this text, and only while it is asked."""
    official("071110000000", "Koblenz", 113_000, ags="07111000", land_code="07")
    other = make_tenant("koblenz", level="gemeinde", ars="071110000000", is_demo=False)
    make_tenant("auental", is_demo=True)
    author, second = make_member(town, "editor", "emil"), make_member(other, "editor", "kim")
    row = actions.create_draft(town, {**MINIMAL, **GONE, "ended": NAMES}, actor=as_user(author))
    client.force_login(author)
    waits = client.post(f"/bayreuth/loesungen/{row.slug}/veroeffentlichen/").url
    there = waits.replace("/bayreuth/", "/koblenz/")
    client.force_login(second)
    assert client.get(there).status_code == 404
    client.force_login(author)
    page = body(client.get(waits))
    assert 'value="koblenz"' in page
    assert 'value="auental"' not in page
    client.post(waits, {"bitten": "1", "kommune": "auental"})
    client.post(waits, {"bitten": "1", "kommune": "koblenz"})
    client.force_login(second)
    assert "Wartet auf eine zweite Person" in body(client.get("/koblenz/loesungen/"))
    shown = body(client.get(there))
    assert "Bayreuth" in shown
    assert "Bitten" not in shown
    client.post(there, {"zustimmen": "1"})
    row.refresh_from_db()
    assert row.is_public
    assert row.owner_tenant_id == town.pk


def test_a_reply_stands_beside_and_stays(client, town):
    """CAT-404: written down by the owner or the operator, of those named only."""
    row = make_solution(owner_tenant_id=town.pk, **GONE, ended=NAMES)
    said = {"party": "Muster Software GmbH", "on": "2026-02-03", "text": "Wir boten Ersatz an."}
    page = f"/betrieb/katalog/stellungnahme/{row.slug}/"
    client.force_login(make_person("otto", is_operator=True))
    assert "Stellungnahme eintragen" in body(client.get("/betrieb/katalog/?art=unanswered"))
    assert client.post(page, {**said, "party": "Jemand"}).status_code == 422
    assert client.post(page, {**said, "on": "2999-01-01"}).status_code == 422
    client.post(page, said)
    shown = body(client.get(f"/loesungen/{row.slug}/"))
    assert "Stellungnahme Muster Software GmbH" in shown
    assert "Wir boten Ersatz an." in shown
    row.refresh_from_db()
    editor = make_member(town, "editor", "emil")
    less = {**row.profile, "ended": NAMES, "problem": "Anders."}
    actions.revise_solution(row, town, less, reason="", based_on=2, actor=as_user(editor))
    assert row.profile["ended"]["replies"][0]["text"] == "Wir boten Ersatz an."
    client.force_login(editor)
    own = f"/bayreuth/loesungen/{row.slug}/stellungnahme/"
    client.post(own, {**said, "text": "Mehr: a@b.example", "on": date(2026, 2, 4).isoformat()})
    row.refresh_from_db()
    assert row.profile["ended"]["replies"][1]["text"] == "Mehr: [entfernt]"
