"""Values for a funder come from own indicators; what has none stays open (PF-116, EVI-26)."""

import hashlib
import io
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from pypdf import PdfReader

from mehrwert.base.tenant import tenant_scope
from mehrwert.documents.outline import plain_text
from mehrwert.municipalities.tests.fixtures import make_member, make_tenant
from mehrwert.portfolio import actions, queries
from mehrwert.portfolio.presenting.funder import compose_funder_report

from .factories import LENA, make_project
from .test_indicators import definition

pytestmark = pytest.mark.django_db
YEAR = (date(2026, 1, 1), date(2026, 12, 31))
LINES = (
    "Gießwasser je Jahr; m³; Gießwasser; 0,001; Summe\nNeue Bäume; Stück\n"
    "Gießwasser zuletzt; l; giesswasser; ; letzter Wert"
)


@pytest.fixture
def town():
    return make_tenant("auental")


@pytest.fixture
def project(town):
    return make_project(town.pk)


@pytest.fixture
def water(town, project):
    with tenant_scope(town.pk):
        row = actions.define_indicator(
            definition(unit="l"), project=project, key="giesswasser", actor=LENA
        )
        for month, value in ((1, 1500.0), (2, 2500.0)):
            actions.add_values(
                row, [actions.NewValue(period=date(2026, month, 1), value=value)], actor=LENA
            )
    return row


@pytest.fixture
def funding(town, project):
    given = actions.FundingInput(
        programme="Landesprogramm", share=Decimal("0.75"), ends_on=date(2027, 6, 30)
    )
    with tenant_scope(town.pk):
        return actions.add_funding(project, given, actor=LENA)


@pytest.fixture
def client(town):
    made = Client()
    made.force_login(make_member(town, "editor"))
    return made


def path(project, funding, rest):
    return f"/auental/vorhaben/{project.pk}/foerderung/{funding.pk}/{rest}"


def test_the_report_follows_the_own_value_and_says_what_is_open(
    town, project, water, funding, client
):
    """PF-116: unit conversion and period rule; own value changes → export changes."""
    answer = client.post(path(project, funding, "felder/"), {"fields_of_funder": LINES})
    assert answer.status_code == 302
    page = client.get(path(project, funding, "sachbericht/?jahr=2026")).content.decode()
    assert "4 m³" in page
    assert "1 Feld ist noch offen." in page
    assert "Summe aus 2 Werten × 0,001" in page
    with tenant_scope(town.pk):
        later = actions.NewValue(period=date(2026, 2, 1), value=3500.0)
        actions.add_values(water, [later], actor=LENA)
        funding.refresh_from_db()
        found = queries.read_funder_values(funding, *YEAR)
        assert [one.value for one in found] == [5.0, None, 3500.0]
        assert (
            queries.read_funder_values(funding, date(2025, 1, 1), date(2025, 12, 31))[0].value
            is None
        )
    again = client.get(path(project, funding, "felder/")).content.decode()
    assert "Gießwasser je Jahr; m³; Gießwasser; 0,001; Summe" in again
    assert "Neue Bäume; Stück\n" in again


def test_what_a_programme_asks_for_is_a_template_for_the_next_project(
    town, project, water, funding, client
):
    """EVI-26: fields once, in every project of the programme; mapped as far as it can be."""
    client.post(path(project, funding, "felder/"), {"fields_of_funder": LINES})
    other = make_project(town.pk, title="Funknetz")
    given = actions.FundingInput(
        programme="landesprogramm", share=Decimal("0.5"), ends_on=date(2028, 6, 30)
    )
    with tenant_scope(town.pk):
        second = actions.add_funding(other, given, actor=LENA)
        third = actions.add_funding(project, given, actor=LENA)
    page = client.get(path(other, second, "felder/")).content.decode()
    assert "Vorbelegt aus dem Vorhaben „Bäume nach Bedarf gießen“" in page
    assert "Gießwasser je Jahr; m³\nNeue Bäume; Stück" in page
    page = client.get(path(project, third, "felder/")).content.decode()
    assert "Gießwasser je Jahr; m³; Gießwasser; 0,001; Summe" in page


def test_the_files_carry_the_values_and_their_checksum(town, project, water, funding, client):
    client.post(path(project, funding, "felder/"), {"fields_of_funder": LINES})
    written = client.get(path(project, funding, "sachbericht-2026.pdf")).content
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(written)).pages)
    assert "Neue Bäume: keine eigene Kennzahl zugeordnet" in text
    assert "Ersetzt" not in text
    assert "Verwendungsnachweis" in text
    table = client.get(path(project, funding, "sachbericht-2026.csv"))
    assert "Gießwasser je Jahr;4" in table.getvalue().decode()
    assert client.get(path(project, funding, "sachbericht-2026.exe")).status_code == 404
    with tenant_scope(town.pk):
        funding.refresh_from_db()
        document = compose_funder_report(
            funding, queries.read_funder_values(funding, *YEAR), YEAR,
            author="Auental", created=date(2027, 1, 10), is_demo=True,
        )  # fmt: skip
    sums = hashlib.sha256(document.attachments[0].text.encode()).hexdigest()
    assert sums in " ".join(plain_text(document))
    assert document.furniture.banner == "Demo: Alle Angaben sind erfunden"


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("Wasser; m³; Bäume", "diese Kennzahl hat das Vorhaben nicht."),
        ("Wasser; m³; Gießwasser; viel", "der Faktor ist keine Zahl."),
        ("Wasser; m³; Gießwasser; 0", "der Faktor ist keine Zahl."),
        ("Wasser; m³; Gießwasser; 1; Median", "erlaubt sind Summe, Mittel oder letzter Wert."),
        ("a;b;;;;;", "erwartet werden ein Feld und höchstens vier Angaben dazu."),
        ("Wasser\nWasser", "Das Feld „Wasser“ steht zweimal da."),
    ],
)
def test_a_line_that_cannot_be_read_is_said(project, water, funding, client, line, sentence):
    answer = client.post(path(project, funding, "felder/"), {"fields_of_funder": line})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_without_fields_the_page_says_what_to_do_first(project, funding, client):
    page = client.get(path(project, funding, "sachbericht/")).content.decode()
    assert "Noch keine Felder." in page


def test_a_definition_that_changed_within_the_year_leaves_the_field_open(
    town, project, water, funding, client
):
    """PF-113: months before and after a break are never added up."""
    client.post(path(project, funding, "felder/"), {"fields_of_funder": LINES})
    with tenant_scope(town.pk):
        changed = definition(
            unit="m³", valid_from=date(2026, 7, 1),
            breaks_series=True, break_reason="andere Uhr",
        )  # fmt: skip
        actions.change_definition(water, changed, actor=LENA)
        funding.refresh_from_db()
        found = queries.read_funder_values(funding, *YEAR)
    assert found[0].is_broken
    assert found[0].value is None
