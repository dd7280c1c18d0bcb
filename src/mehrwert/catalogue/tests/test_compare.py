"""Own numbers in a comparison, and the comparison on one sheet of paper (CAT-602, CAT-604)."""

import io
import re
import zipfile

import pytest
from pypdf import PdfReader

from mehrwert.catalogue.forms import WishesForm

from .factories import body, make_cost, make_solution

pytestmark = pytest.mark.django_db
PAGE = "/loesungen/vergleich/?l=eins&l=zwei"


@pytest.fixture
def two(db):
    make_solution("eins", name="Eins")
    make_solution("zwei", name="Zwei")


def cells(page: str, label: str) -> list[str]:
    row = re.search(rf"<tr[^>]*><th scope=\"row\">{re.escape(label)} .*?</tr>", page, re.DOTALL)
    return re.findall(r"<td>(.*?)</td>", row.group()) if row else []


def test_own_prices_are_counted_as_the_costs_of_others(client, two):
    """The fixture of transfer 5.3: C pays 30,000 + 5,400 a year for 18,000 inhabitants."""
    typed = "&einwohner=18.000&einmalig-eins=30.000&jaehrlich-eins=5.400,00"
    page = body(client.get(PAGE + typed))
    assert cells(page, "Eigene Rechnung: je Einwohner und Jahr") == ["0,63 €", "nicht gerechnet"]
    assert cells(page, "Eigene Rechnung: Summe in fünf Jahren") == ["57.000 €", "nicht gerechnet"]
    assert "Eigene Rechnung" not in body(client.get(PAGE))


def test_wrong_numbers_are_marked_and_count_as_not_typed(client, two):
    page = body(client.get(f"{PAGE}&einwohner=viele&einmalig-eins=teuer"))
    assert "mw-error" in page
    assert "Eigene Rechnung" not in page


def test_ranges_meet_the_own_population(client, two):
    from mehrwert.catalogue.models import Solution

    for key, amount in (("1", 0.6333), ("2", 0.6883), ("3", 0.8194)):
        make_cost(Solution.objects.get(slug="eins"), key, amount)
    page = body(client.get(f"{PAGE}&einwohner=10000"))
    assert cells(page, "Kosten im Jahr bei 10.000 Einwohnern")[0] == "6.333 bis 8.194 €"


@pytest.mark.parametrize("ending", ["odt", "docx"])
def test_office_formats_lie_on_their_side(client, two, ending):
    answer = client.get(f"{PAGE}&format={ending}")
    assert answer.status_code == 200
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    name = {"odt": "styles.xml", "docx": "word/document.xml"}[ending]
    assert "landscape" in archive.read(name).decode()
    text = archive.read("content.xml" if ending == "odt" else name).decode()
    assert "nie gefragt" in text


def test_five_real_solutions_fit_on_one_page(client, two):
    text = "Ein ziemlich langer Satz, wie ihn Kommunen über ihre Vorhaben schreiben. " * 4
    slugs = ["eins", "zwei"]
    for slug in ("drei", "vier", "fuenf"):
        make_solution(
            slug,
            name=f"Digitale Lösung Nummer {slug} mit einem langen Namen",
            short_description=text[:150],
            problem=text[:300],
            technologies=["LoRaWAN", "Bodenfeuchtesensoren", "Open Data"],
            code={"repository_url": "https://code.example/eine/lange/adresse/zum/quelltext"},
            lessons={"what_differently": text},
            fields_of_action=["Klimaanpassung", "Umwelt & Klimaschutz"],
        )
        slugs.append(slug)
    query = "&".join(f"l={slug}" for slug in slugs)
    answer = client.get(f"/loesungen/vergleich/?{query}&format=pdf")
    assert answer.content.startswith(b"%PDF")
    (page,) = PdfReader(io.BytesIO(answer.content)).pages
    assert page.mediabox.width > page.mediabox.height
    assert "Digitale Lösung Nummer fuenf" in " ".join(page.extract_text().split())


@pytest.mark.parametrize(
    ("typed", "euros"),
    [
        ("20.000", 20_000),
        ("20 000", 20_000),
        ("20.000,50", 20_000.5),
        ("19,5", 19.5),
        ("19.5", 19.5),
    ],
)
def test_amounts_are_read_as_people_write_them(typed, euros):
    form = WishesForm({"hoechstens": typed})
    assert form.wishes().ceiling_eur == euros
