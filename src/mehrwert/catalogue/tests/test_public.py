"""The bundled collection as everybody sees it: list, solution, comparison, for programs."""

import json
import random
import re
from urllib.parse import quote
from xml.etree import ElementTree as ET

import pytest
from django.db import transaction
from django.urls import reverse

from mehrwert.catalogue.actions import import_bundled
from mehrwert.catalogue.choices import FIELDS_OF_ACTION
from mehrwert.catalogue.comparing import COMPARED
from mehrwert.catalogue.listing import PARAMS, toggled
from mehrwert.catalogue.models import Solution
from mehrwert.catalogue.profile import field_of

from .factories import body

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bundle")]
LIST = "/loesungen/"


@pytest.fixture(scope="module")
def bundle(django_db_setup, django_db_blocker):
    """The collection, taken over once for the whole file."""
    with django_db_blocker.unblock(), transaction.atomic():
        import_bundled()
        yield
        transaction.set_rollback(True)


def total(client, query: str) -> int:
    return client.get(f"/api/v1/solutions?{query}").json()["total"]


def test_everything_is_readable_without_an_account(client):
    """CAT-101: list, every fifth page and its JSON."""
    assert "183 Lösungen" in body(client.get(LIST))
    for slug in Solution.objects.order_by("pk").values_list("slug", flat=True)[::5]:
        page = body(client.get(f"/loesungen/{slug}/"))
        assert "Übernommen · Selbstauskunft, nicht geprüft" in page
        assert client.get(f"/api/v1/solutions/{slug}").json()["id"] == slug


def test_the_label_stands_on_page_row_program_and_file(client):
    """CAT-802."""
    label = "Übernommen · Selbstauskunft, nicht geprüft · Alter der Quelle unbekannt"
    assert label in body(client.get("/loesungen/?q=Mängelmelder Mannheim"))
    assert label in body(client.get("/loesungen/maengelmelder-mannheim/"))
    assert label in body(client.get("/loesungen/?format=csv"))
    assert client.get("/api/v1/solutions/maengelmelder-mannheim").json()["label"] == label
    assert "import:solutions.json" in body(client.get("/loesungen/dipas/mehrwert.yml"))


def test_an_ended_solution_has_the_same_row_and_shows_what_was_not_checked(client):
    """CAT-109, CAT-401."""
    page = body(client.get("/loesungen/?q=Mängelmelder"))
    assert "beendet 2026 laut Quelle" in page
    rows = re.findall(r'<article class="cat-row".*?</article>', page, re.DOTALL)
    assert len({row.count('class="cat-lbl"') for row in rows}) == 1
    one = body(client.get("/loesungen/maengelmelder-mannheim/"))
    assert "Vollzug nicht geprüft" in one


@pytest.mark.parametrize("slug", ["twinby-neunburg", "twinby-kulmbach"])
def test_contradictions_are_shown(client, slug):
    """CAT-406."""
    assert "Widerspruch in der Quelle" in body(client.get(f"/loesungen/{slug}/"))


def test_counts_are_the_length_of_the_list_after_the_click(client):
    """CAT-106, UX-7: random states of the filters, every facet."""
    dice = random.Random(7)
    for _ in range(12):
        chosen = dice.sample([f.code for f in FIELDS_OF_ACTION], dice.randint(0, 2))
        given = "&".join(f"field={code.replace('&', '%26')}" for code in chosen)
        facets = client.get(f"/api/v1/solutions?{given}&limit=1").json()["facets"]
        facet = dice.choice(sorted(set(facets) - {"field"}))
        for value, count in facets[facet].items():
            shown = "keine" if value == "not_stated" else quote(value, safe="")
            assert total(client, f"{given}&{PARAMS[facet]}={shown}&limit=1") == count


def test_the_address_is_the_state(client, rf):
    request = rf.get("/loesungen/?feld=Wasser&status=pilot&seite=2")
    assert toggled(request.GET, "field", "Energie") == "feld=Wasser&feld=Energie&status=pilot"
    assert toggled(request.GET, "status", "pilot") == "feld=Wasser"
    page = body(client.get("/loesungen/?feld=Wasser&status=pilot"))
    assert page.count('aria-current="true"') >= 2


def test_real_use_is_a_filter_and_documented_reuse_another(client):
    """CAT-107: 0 declared; six with three documented municipalities."""
    assert total(client, "declared_use=1") == 0
    found = client.get("/api/v1/solutions?documented_reuse=3").json()["items"]
    assert {item["id"] for item in found} == {
        "smart-village-app",
        "masterportal",
        "dipas",
        "consul-detmold",
        "klarschiff",
        "giess-den-kiez",
    }


def test_the_list_is_also_a_table_a_feed_and_for_programs(client):
    """CAT-112: as many rows in the export as in the list."""
    query = "feld=Wasser"
    n = total(client, query)
    assert len(body(client.get(f"{LIST}?{query}&format=csv")).strip().split("\r\n")) == n + 1
    feed = ET.fromstring(body(client.get(f"{LIST}?{query}&format=atom")))
    assert len(feed.findall("{http://www.w3.org/2005/Atom}entry")) == n
    assert client.get(f"{LIST}?{query}&format=json").json()["total"] == n


def test_programs_page_through_without_gap_or_double(client):
    seen, url = [], "/api/v1/solutions?limit=50"
    while url:
        page = client.get(url).json()
        seen += [item["id"] for item in page["items"]]
        url = page["next"]
    assert len(seen) == len(set(seen)) == 183


def test_no_hit_is_an_answer(client):
    """CAT-110: at least two ways on."""
    page = body(client.get("/loesungen/?q=xqzwv&status=ended"))
    ways = re.search(r'<ul class="cat-ways">(.*?)</ul>', page, re.DOTALL).group(1)
    assert ways.count("<li>") >= 2


def test_every_shown_value_has_source_and_date(client):
    """CAT-205."""
    page = body(client.get("/loesungen/smart-village-app/"))
    profile = re.search(r'id="profil".*?</section>', page, re.DOTALL).group(0)
    assert profile.count("<dt>") == profile.count('class="cat-src"')
    assert "übernommen aus solutions.json" in profile


def test_personal_data_is_nowhere(client):
    """CAT-807: names of the bundled files and patterns of addresses."""
    for url in ("/loesungen/entitlementcard/", "/api/v1/solutions/entitlementcard"):
        page = body(client.get(url))
        assert "Seeberg" not in page
        assert not re.search(r"[\w.]+@[\w-]+\.\w+", page)


def test_comparison_has_the_same_rows_for_any_selection(client):
    """CAT-601, CAT-603: no row falls out, there is no total."""
    assert all(field_of(pointer) for pointer in COMPARED)

    def labels(query: str) -> list[str]:
        page = body(client.get(f"/loesungen/vergleich/?{query}")).partition("cat-own")[0]
        return re.findall(r'<th scope="row">([^<]+)', page)

    first = labels("l=dipas&l=klarschiff")
    assert len(first) == 7 + len(COMPARED) + 1
    assert labels("l=mucgpt&l=masterportal&l=giess-den-kiez&l=consul-detmold&l=dipas") == first
    page = body(client.get("/loesungen/vergleich/?l=dipas&l=klarschiff"))
    assert "keine Angabe, nie gefragt" in page


@pytest.mark.parametrize("query", ["", "l=dipas", "l=dipas&l=dipas", "l=dipas&l=gibt-es-nicht"])
def test_fewer_than_two_are_asked_for_more(client, query):
    assert "zwei bis fünf" in body(client.get(f"/loesungen/vergleich/?{query}"))


def test_schema_and_files_are_public(client):
    """CAT-201, CAT-209."""
    schema = json.loads(body(client.get(reverse("catalogue:schema"))))
    assert schema["$schema"].endswith("2020-12/schema")
    assert body(client.get("/loesungen/dipas/fassung/1/")) == body(
        client.get("/loesungen/dipas/mehrwert.yml")
    )
    assert client.get("/loesungen/dipas/fassung/9/").status_code == 404


@pytest.mark.parametrize(
    "query", ["q=%00", "seite=-1", "seite=999999", "feld=x", "ort=abc", "limit=9999&format=json"]
)
def test_nonsense_in_the_address_is_borne(client, query):
    assert client.get(f"{LIST}?{query}").status_code == 200
