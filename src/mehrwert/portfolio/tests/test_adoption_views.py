"""Pages of adoptions as people use them."""

import io
import zipfile

import pytest

from mehrwert.base.models import AuditRow
from mehrwert.catalogue.models import Adoption
from mehrwert.catalogue.tests.factories import make_adoption, make_solution
from mehrwert.municipalities.tests.fixtures import make_member, make_tenant, official
from mehrwert.portfolio.choices.adoptions import CHECKLIST
from mehrwert.portfolio.choices.templates import TEMPLATES
from mehrwert.portfolio.models import DeclaredAdoption

FIVE = {
    "relation": "reuse",
    "status": "live",
    "since": "2024-05",
    "contact_role": "Bauhof",
    "is_public": "on",
}


def body(answer):
    return answer.getvalue().decode()


@pytest.fixture
def solution(town):
    return make_solution("app", name="Die App")


def test_an_empty_list_says_what_to_do_first(town):
    assert "Wir nutzen das" in body(town.clients["viewer"].get(town.path("nachnutzung/")))


def test_from_the_form_to_the_catalogue_and_to_the_file(town, solution):
    editor = town.clients["editor"]
    answer = editor.post(town.path("nachnutzung/erklaeren/app/"), FIVE, follow=True)
    page = body(answer)
    assert "nachgenutzt, seit 05.2024" in page
    assert "0 von 14 Zeilen" in page
    assert "von der Kommune erklärt" in body(editor.get("/loesungen/app/"))
    assert "Die App" in body(editor.get(town.path("nachnutzung/")))
    file = body(editor.get(town.path("nachnutzung.csv")))
    assert "Die App;app;2024-05;2024-05-01;reuse;live" in file


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"since": "Mai"}, "Bitte so: 2024"),
        ({"since": "2024-02-31"}, "Diesen Tag gibt es nicht."),
        ({"since": "2099"}, "liegt in der Zukunft"),
        ({"relation": "site"}, "Bitte"),
        ({"status": ""}, "Bitte"),
    ],
)
def test_wrong_input_is_answered_in_words(town, solution, wrong, said):
    answer = town.clients["editor"].post(town.path("nachnutzung/erklaeren/app/"), {**FIVE, **wrong})
    assert answer.status_code == 422
    with town.scope():
        assert not DeclaredAdoption.objects.exists()


def test_viewers_and_others_change_nothing(town, solution):
    """TRF-106: neither readers nor other municipalities, the maintainer among them."""
    town.clients["editor"].post(town.path("nachnutzung/erklaeren/app/"), FIVE)
    with town.scope():
        row = DeclaredAdoption.objects.get()
    path = town.path(f"nachnutzung/{row.pk}/beenden/")
    assert town.clients["viewer"].get(path).status_code == 403
    other = make_tenant("erlbach")
    town.clients["editor"].force_login(make_member(other, "admin"))
    assert town.clients["editor"].get(path).status_code == 404
    assert town.clients["editor"].get(f"/erlbach/vorhaben/nachnutzung/{row.pk}/").status_code == 404


def test_an_attempt_of_the_maintainer_is_refused_and_noted(town, solution):
    """TRF-106: 403, and an entry in the audit of whoever declared it."""
    town.clients["editor"].post(town.path("nachnutzung/erklaeren/app/"), FIVE)
    with town.scope():
        row = DeclaredAdoption.objects.get()
    maintainer = make_tenant("erlbach")
    town.clients["editor"].force_login(make_member(maintainer, "admin"))
    for path, given in (
        ("beenden/", {"reason": "cost", "on": "2026-01-01"}),
        ("bestaetigen/", {}),
        ("liste/training/", {"state": "done"}),
    ):
        answer = town.clients["editor"].post(
            f"/erlbach/vorhaben/nachnutzung/{row.pk}/{path}", given
        )
        assert answer.status_code == 403
    noted = AuditRow.objects.filter(verb="refuse", kind="adoption", tenant_id=town.tenant.pk)
    assert [one.object_id for one in noted] == [str(row.pk)] * 3
    with town.scope():
        assert DeclaredAdoption.objects.get().status == "live"


@pytest.mark.parametrize("ending", ["odt", "docx"])
def test_a_line_has_its_template(town, solution, ending):
    """TRF-208: templates enclosed, roadmap named."""
    editor = town.clients["editor"]
    editor.post(town.path("nachnutzung/erklaeren/app/"), FIVE)
    with town.scope():
        one = town.path(f"nachnutzung/{DeclaredAdoption.objects.get().pk}/")
    page = body(editor.get(one))
    assert f"{one}liste/works_council/vorlage.{ending}" in page
    assert "skalierung.smart-city-dialog.de" in page
    answer = editor.get(f"{one}liste/works_council/vorlage.{ending}")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        name = "content.xml" if ending == "odt" else "word/document.xml"
        written = archive.read(name).decode()
    assert "Lässt sich Verhalten oder Leistung" in written
    assert "Die App" in written
    assert editor.get(f"{one}liste/works_council/vorlage.exe").status_code == 404
    assert editor.get(f"{one}liste/gate_p1/vorlage.{ending}").status_code == 404


def test_every_line_but_the_gates_has_a_template():
    assert set(TEMPLATES) == {line.key for line in CHECKLIST if not line.is_gate}


def test_checklist_end_and_confirmation(town, solution):
    editor = town.clients["editor"]
    editor.post(town.path("nachnutzung/erklaeren/app/"), FIVE)
    with town.scope():
        row = DeclaredAdoption.objects.get()
    one = town.path(f"nachnutzung/{row.pk}/")
    skipped = editor.post(f"{one}liste/training/", {"state": "skipped"})
    assert "nennen Sie bitte den Grund" in body(skipped)
    editor.post(f"{one}liste/training/", {"state": "done", "owner": "Amt 65", "day": "2026-01-05"})
    assert "training" not in body(editor.get(f"{one}liste.csv"))
    assert "P3;Schulung;done;Amt 65;2026-01-05" in body(editor.get(f"{one}liste.csv"))
    assert editor.get(f"{one}liste/kaffee/").status_code == 404
    assert "Bestätigt" in body(editor.post(f"{one}bestaetigen/", follow=True))
    ended = editor.post(f"{one}beenden/", {"reason": "cost", "on": "2026-01-01"}, follow=True)
    assert "Kosten" in body(ended)
    again = editor.post(f"{one}beenden/", {"reason": "cost", "on": "2026-01-01"})
    assert "schon beendet" in body(again)


def test_what_sources_say_is_answered_in_one_click(town):
    """TRF-107."""
    official("094620000000", "Bayreuth", 74_000, ags="09462000", land_code="09")
    bayreuth = make_tenant(
        "bayreuth", level="gemeinde", ars="094620000000", is_demo=False, name="Bayreuth"
    )
    editor = town.clients["editor"]
    editor.force_login(make_member(bayreuth, "editor"))
    one, two = (
        make_adoption(make_solution(slug, name=slug.title()), "09462000")
        for slug in ("eins", "zwei")
    )
    asked = body(editor.get("/bayreuth/loesungen/"))
    assert "Eins" in asked
    assert "Stimmt es?" in asked
    home = "/bayreuth/vorhaben/nachnutzung/"
    editor.post(f"{home}genannt/{one.pk}/", {"antwort": "ja"})
    editor.post(f"{home}genannt/{two.pk}/", {"antwort": "nein"})
    assert Adoption.objects.get(basis="declared").solution.slug == "eins"
    assert "/genannt/" not in body(editor.get(home))


def test_a_local_variant_says_what_is_different_and_leads_to_its_entry(town, solution):
    """TRF-114: what was changed, is it public, is it offered upstream."""
    own = make_solution("unsere-app", name="Unsere App", owner_tenant_id=town.tenant.pk)
    given = {
        **FIVE,
        "variant": "Andere Farben",
        "variant_entry": own.pk,
        "variant_is_public": "True",
        "variant_is_offered": "False",
    }
    editor = town.clients["editor"]
    page = body(editor.post(town.path("nachnutzung/erklaeren/app/"), given, follow=True))
    assert "Andere Farben" in page
    assert "/loesungen/unsere-app/" in page
    form = body(editor.get(town.path("nachnutzung/erklaeren/app/")))
    assert f'value="{own.pk}" selected' in form
    assert "Bei uns anders" not in body(
        editor.post(town.path("nachnutzung/erklaeren/app/"), FIVE, follow=True)
    )
