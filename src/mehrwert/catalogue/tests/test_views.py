"""Pages for solutions made up here: places, fit, comparison, costs."""

import re
from urllib.parse import quote_plus

import pytest

from mehrwert.base.actor import SYSTEM
from mehrwert.base.clock import from_us, now_us
from mehrwert.catalogue import queries
from mehrwert.catalogue.actions import set_evidence_summary
from mehrwert.catalogue.choices import EXIT_PARTS, Care
from mehrwert.catalogue.models import Solution
from mehrwert.municipalities.tests.fixtures import official

from .factories import body, make_adoption, make_cost, make_solution

pytestmark = pytest.mark.django_db
LIST = "/loesungen/"


def main(page: str) -> str:
    return page.split("<main")[1].split("</main>")[0]


def test_town_and_near_users(client):
    """CAT-505, CAT-506: similar places stand beside, the own county first."""
    home = official("071370003003", "Andernach", 30_000, kreis_ags="07137", land_code="07")
    official("057660020020", "Detmold", 74_000)
    official("071370000000", "Mayen-Koblenz", 214_000, level="kreis", ags="07137")
    one = make_solution("klar")
    make_adoption(one, "05766020", place_name="Detmold")
    make_adoption(one, "07137", place_level="kreis", place_name="Landkreis Mayen-Koblenz")
    page = body(client.get(f"/loesungen/klar/?ort={home.ags}"))
    assert "Detmold" in page
    assert "Vielleicht schon da" in page
    assert "ähnlich" in body(client.get(f"/loesungen/?ort={home.ags}"))
    fit = body(client.get(f"/loesungen/passend/?ort={home.ags}&feld=Klimaanpassung"))
    assert "4 von 6" in fit or "3 von 6" in fit
    again = body(client.get(f"/loesungen/passend/?ort={home.ags}&feld=Klimaanpassung"))
    assert main(fit) == main(again)


def test_who_says_so_itself_comes_first_and_sources_stand_apart(client):
    """CAT-505: every term of the likeness is shown; an invented place has only its size."""
    home = official("071370003003", "Andernach", 30_000, land_code="07")
    official("057660020020", "Detmold", 74_000)
    one = make_solution("klar")
    make_adoption(one, "05766020", place_name="Detmold")
    told = {"basis": "declared", "status": "live", "verified_on": from_us(now_us()).date()}
    invented = {"place_level": "demo", "place_name": "Erlbach", "place_population": 29_000}
    make_adoption(one, "", **told, **invented)
    page = body(client.get(f"/loesungen/klar/?ort={home.ags}"))
    rail = page[page.index('id="weiter"') :]
    assert rail.index("Erlbach") < rail.index("In Quellen genannt") < rail.index("Detmold")
    assert "Einwohner 30.000 und 29.000" in rail
    assert "Ähnlichkeit 0," in rail
    assert "1 erfundener Ort" in page


def test_use_is_offered_in_the_size_of_the_own_town(client):
    """CAT-107: "in at least n municipalities of my size"; without a town only over all."""
    home = official("071370003003", "Andernach", 30_000)
    official("057660020020", "Detmold", 74_000)
    make_adoption(make_solution("klar"), "05766020", place_name="Detmold")
    make_solution("leer")
    words = "in mindestens 1 Gemeinde, 20.000 bis unter 100.000"
    assert words not in body(client.get(LIST))
    assert words in body(client.get(f"{LIST}?ort={home.ags}"))
    narrowed = client.get("/api/v1/solutions?nachnutzung=under_100000:1").json()
    assert [item["id"] for item in narrowed["items"]] == ["klar"]


def test_a_list_opens_with_what_was_measured_and_can_be_sorted(client):
    make_solution("alt", name="Alte Bank")
    measured = make_solution("neu", name="Zähler im Keller")
    told = {"evidence_class": 2, "direction": "worse", "shown": {"sentence": "12 % mehr"}}
    set_evidence_summary(measured.pk, actor=SYSTEM, **told)

    def order(query: str) -> list[str]:
        return [row["id"] for row in client.get(f"/api/v1/solutions{query}").json()["items"]]

    assert order("") == ["neu", "alt"]
    assert order("?sortierung=name") == ["alt", "neu"]
    page = body(client.get(f"{LIST}?sortierung=name"))
    assert "Sortiert: Name" in page
    assert page.index("Alte Bank") < page.index("Zähler im Keller")


def test_costs_are_told_for_the_own_town(client):
    home = official("071370003003", "Andernach", 30_000)
    one = make_solution("klar")
    for at, amount in enumerate((1.5, 2.0, 2.5)):
        make_cost(one, f"0000000{at}", amount)
    for address in (f"{LIST}?ort={home.ags}", f"/loesungen/klar/?ort={home.ags}"):
        assert "60.000 €" in body(client.get(address))


def test_equal_names_ask_which_one(client):
    """CAT-501."""
    official("010010001001", "Neuenkirchen", 1000)
    official("050010001002", "Neuenkirchen", 2000)
    page = body(client.get("/loesungen/kommune/?name=Neuenkirchen&zurueck.q=Baum"))
    assert page.count("ort=") >= 2
    assert "q=Baum" in page
    response = client.get("/loesungen/kommune/?name=01001001&zu=passend")
    assert response.url == "/loesungen/passend/?ort=01001001"


def test_excluded_solutions_stay_listed_with_their_rule(client):
    """CAT-504."""
    home = official("071370003003", "Andernach", 30_000)
    make_solution("aus", name="Alte Stele", status="ended", ended={"carried_out": "yes"})
    page = body(client.get(f"/loesungen/passend/?ort={home.ags}"))
    assert "Alte Stele" in page
    assert "Was müsste sich ändern?" in page


def test_a_frozen_comparison_does_not_change(client):
    """CAT-605."""
    from mehrwert.catalogue.recording import version_of

    one, _ = make_solution("eins", name="Eins"), make_solution("zwei", name="Zwei")
    frozen = "/loesungen/vergleich/?l=eins@1&l=zwei@1"
    before = main(body(client.get(frozen)))
    one.profile = {**one.profile, "problem": "Jetzt anders."}
    one.version = 2
    one.save()
    version_of(one, reason="Änderung", author_role="Test").save()
    assert main(body(client.get(frozen))) == before
    assert "Jetzt anders." in body(client.get("/loesungen/vergleich/?l=eins&l=zwei"))
    assert "Jetzt anders." in body(client.get("/loesungen/eins/verlauf/"))


def test_costs_are_a_range_from_three_on(client):
    """TRF-405, TRF-402: never a single number, no estimates."""
    one = make_solution("teuer")
    make_cost(one, "1", 0.6)
    make_cost(one, "2", 0.7)
    make_cost(one, "3", 0.1, source_kind="estimate")
    assert "cost_per_inhabitant_year" not in client.get("/api/v1/solutions/teuer").json()
    make_cost(one, "4", 0.8)
    told = client.get("/api/v1/solutions/teuer").json()["cost_per_inhabitant_year"]
    assert told == {"n": 3, "low": 0.6, "median": 0.7, "high": 0.8}
    assert "0,60 € bis 0,80 €" in body(client.get("/loesungen/teuer/"))


def test_drafts_and_withdrawn_entries_are_not_public(client):
    """CAT-405: a withdrawn entry leaves a stone, a draft leaves nothing."""
    make_solution("entwurf", is_public=False)
    gone = make_solution("weg")
    Solution.objects.filter(pk=gone.pk).update(is_withdrawn=True)
    assert client.get("/loesungen/entwurf/").status_code == 404
    assert client.get("/loesungen/weg/").status_code == 410
    assert "Entwurf" not in body(client.get(LIST))


@pytest.mark.parametrize(
    ("reasons", "is_failure"),
    [([], False), (["completed"], False), (["unknown"], False), (["merged", "cost"], True)],
)
def test_an_end_as_planned_is_no_warning(client, reasons, is_failure):
    """CAT-402: completed and unknown never count as failed."""
    ended = {"carried_out": "yes", "reasons": reasons} if reasons else {"carried_out": "yes"}
    make_solution("aus", name="Alte Stele", status="ended", ended=ended)
    page = body(client.get("/loesungen/aus/"))
    assert ('class="mw-tag warn">beendet' in page) is is_failure
    assert ('class="mw-tag ">beendet' in page) is not is_failure


def test_every_end_of_the_same_task_stands_on_every_sibling(client):
    """CAT-403: with its reason and its lesson; other ends of the field only as far as they fit."""
    task = [{"scheme": "own", "key": "pegel", "duty": "unknown"}]
    make_solution("neu", tasks=task, fields_of_action=["Wasser"])
    lesson = {"what_differently": "Früher mit dem Bauhof reden.", "would_do_again": "with_changes"}
    for at in range(6):
        gone = {"status": "ended", "ended": {"carried_out": "yes", "reasons": ["staff"]}}
        make_solution(f"ende-{at}", name=f"Ende {at}", tasks=task, lessons=lesson, **gone)
    make_solution("feld", name="Anderes", status="ended", fields_of_action=["Wasser"])
    page = body(client.get("/loesungen/neu/"))
    warned = page[page.index('id="vorher"') :]
    assert [at for at in range(6) if f"Ende {at}" not in warned] == []
    assert "Früher mit dem Bauhof reden." in warned
    assert "Personal" in warned
    assert "Anderes" not in warned[: warned.index("</section>")]
    assert "ja, mit Änderungen" in body(client.get("/loesungen/ende-0/"))
    found = client.get("/api/v1/solutions?q=Bauhof&grund=staff&feld=Klimaanpassung").json()
    assert found["total"] == 6


def test_unknown_not_applicable_and_zero_stay_apart(client):
    """CAT-207: on the page, for programs, in the file; an unknown value says when it was asked."""
    told = {
        "/preconditions/networks": {"state": "not_applicable", "reason": "ohne Funk"},
        "/procurement/providers": {"state": "unknown", "asked_on": "2026-03-02"},
    }
    make_solution("null", preconditions={"staff_hours_per_week": 0}, provenance=told)
    page = body(client.get("/loesungen/null/"))
    assert re.search(r"Arbeitszeit je Woche[^<]*</dt><dd[^>]*><div>0", page)
    assert "trifft nicht zu: ohne Funk" in page
    assert "Anbieter (zuletzt gefragt am 02.03.2026)" in page
    profile = client.get("/api/v1/solutions/null").json()["profile"]
    assert profile["preconditions"] == {"staff_hours_per_week": 0}
    assert "procurement" not in profile
    text = body(client.get("/loesungen/null/mehrwert.yml"))
    assert "staff_hours_per_week: 0" in text
    assert "state: not_applicable" in text
    assert "asked_on: '2026-03-02'" in text
    make_solution("eins")
    compared = body(client.get("/loesungen/vergleich/?l=null&l=eins"))
    assert "nie gefragt" in compared


def test_what_an_end_leaves_to_be_done_is_told_or_named_as_open(client):
    """CAT-407: contracts, subsidies, data, archive; empty parts are a task of the work list."""
    gone = {"status": "ended", "ended": {"on": "2024", "carried_out": "yes"}}
    make_solution("offen", name="Offen", **gone)
    parts = {part: f"Geklärt {part}" for part in EXIT_PARTS}
    link = {"exit_url": "https://mehrwert.example/bewertung/1"}
    full = {**gone, "ended": {**gone["ended"], **parts, **link}}
    make_solution("fertig", name="Fertig", **full)
    assert [row.slug for row in queries.list_care(Care.EXIT)] == ["offen"]
    page = body(client.get("/loesungen/fertig/"))
    assert "Ausstieg: Verträge: Geklärt exit_contracts" in page
    assert "https://mehrwert.example/bewertung/1" in page
    assert "Nicht beschrieben: Ausstieg: Verträge" in body(client.get("/loesungen/offen/"))


@pytest.mark.parametrize(
    ("task", "told"),
    [
        (
            {"scheme": "leika", "key": "99108008001000", "name": "Parkausweis", "duty": "duty"},
            "LeiKa 99108008001000 · Pflichtaufgabe",
        ),
        ({"scheme": "own", "key": "baeume", "name": "Bäume gießen"}, "keine Angabe"),
    ],
)
def test_a_task_leads_to_its_solutions_and_says_key_and_duty(client, task, told):
    """CAT-108: an unknown duty is said, never taken for a voluntary task."""
    make_solution("eins", tasks=[task])
    make_solution("zwei", name="Ohne Aufgabe")
    page = body(client.get("/loesungen/felder/"))
    assert told in page
    assert "1 Lösung ist noch keiner Aufgabe zugeordnet" in page
    assert f"?q={quote_plus(task['name'])}" in page
    hits = client.get("/api/v1/solutions", {"q": task["name"]}).json()["items"]
    assert hits[0]["id"] == "eins"
