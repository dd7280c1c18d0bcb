"""Pages for solutions made up here: places, fit, comparison, costs."""

import pytest

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
