"""Five years by blocks, the own calculation beside them, both as workbook: TRF-406, TRF-407."""

from decimal import Decimal

import pytest

from mehrwert.catalogue.queries import read_costs
from mehrwert.documents.tests.recomputing import read_ods, read_xlsx, recomputed

from .factories import body, make_cost, make_solution

pytestmark = pytest.mark.django_db
# per inhabitant: devices once and each year, operation each year; the third town splits no devices
TOWNS = [
    {"hardware": ["1.5", "0.1"], "operation": ["0", "0.2"]},
    {"hardware": ["1.0", "0.2"], "operation": ["0", "0.3"]},
    {"hardware": ["2.0", "0.0"], "operation": ["0", "0.4"], "training": ["0.1", "0"]},
]
PAGE = "/loesungen/app/kosten/eigene/"
FILE = "/loesungen/app/kosten/fuenf-jahre."
OWN = {
    "einwohner": "10.000",
    "einmalig-hardware": "20.000",
    "jaehrlich-hardware": "500,60",
    "jaehrlich-training": "100",
    "foerderung": "50",
    "stunden": "80",
    "stundensatz": "62,5",
    "stundensatz_am": "2026-01-01",
}


@pytest.fixture
def app():
    solution = make_solution("app", name="Die App")
    for n, blocks in enumerate(TOWNS):
        parts = [(Decimal(once), Decimal(yearly)) for once, yearly in blocks.values()]
        once, yearly = (sum(part) for part in zip(*parts, strict=True))
        make_cost(
            solution, f"0000000{n}", once / 5 + yearly,
            per_inhabitant_once=once, per_inhabitant_running=yearly, blocks=blocks,
        )  # fmt: skip
    return solution


def test_blocks_below_three_towns_have_no_amount(app, client):
    paid = {one.block: one for one in read_costs(app, 10_000).blocks}
    assert float(paid["hardware"].total.base) == pytest.approx(10_000 * (1.5 + 5 * 0.1))
    assert (paid["training"].n, paid["training"].total) == (1, None)
    page = body(client.get("/loesungen/app/kosten/?einwohner=10000"))
    assert "nicht berechenbar: weniger als drei Kommunen" in page
    assert "20.000 €" in page


@pytest.mark.parametrize(("ending", "read"), [("xlsx", read_xlsx), ("ods", read_ods)])
def test_the_workbook_recomputes_to_the_numbers_of_the_page(app, client, ending, read):
    values, formulas = read(client.get(FILE + ending, OWN).content)
    again = recomputed(values, formulas)
    assert len(again) > 15
    assert {name: values[name] for name in again} == pytest.approx(again, abs=1e-6)
    labels = {values[f"A{row}"]: again.get(f"B{row}") for row in range(23, 32)}
    # own: 20,000 + 5 x 500.60 + 5 x 100; the middle of the others: 10,000 x (1.5 + 5 x 0.4)
    assert labels["Eigene Kosten"] == 23_003
    assert labels["Das bleibt zu tragen"] == 13_003
    assert labels["Unterschied zur Mitte der anderen"] == pytest.approx(23_003 - again["J11"])
    assert labels["davon durch Blöcke erklärt"] == pytest.approx(22_503 - 20_000)
    assert labels["Eigene Stunden"] == 400
    page = body(client.get(PAGE, OWN))
    for shown in ("23.003 €", "13.003 €", "+2.503 €", "400 h", "35.000 €"):
        assert shown in page


def test_the_difference_is_explained_to_the_cent(app, client):
    """Explained and not explained are the whole difference."""
    values, formulas = read_xlsx(client.get(FILE + "xlsx", OWN).content)
    again = recomputed(values, formulas)
    assert again["B28"] + again["B29"] == pytest.approx(again["B27"])


def test_the_middle_of_the_others_fills_empty_fields_only(app, client):
    page = body(client.get(PAGE, {**OWN, "mittel": "1"}))
    assert 'value="20.000"' in page
    assert 'name="jaehrlich-operation" value="3000,00"' in page


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"einwohner": "viele"}, "zwischen 1 und 90 Millionen"),
        ({"einmalig-unsplit": "5"}, "Entweder die Summe oder die Blöcke"),
        ({"stundensatz_am": ""}, "Von welchem Tag ist der Stundensatz?"),
        ({"einmalig-hardware": "-1"}, "Bitte"),
    ],
)
def test_wrong_input_is_said_and_has_no_file(app, client, wrong, said):
    answer = client.get(PAGE, {**OWN, **wrong})
    assert answer.status_code == 422
    assert said in body(answer)
    assert client.get(FILE + "ods", {**OWN, **wrong}).status_code == 404


def test_without_three_towns_the_own_calculation_still_works(client):
    make_solution("allein", name="Allein")
    page = body(client.get("/loesungen/allein/kosten/eigene/", OWN))
    assert "23.003 €" in page
    assert "ein Vergleich ist nicht möglich" in page
