"""What adopters pay and how adoptions went on: TRF-405, TRF-406, TRF-109, TRF-110."""

from datetime import date
from decimal import Decimal

import pytest

from mehrwert.catalogue.queries import read_costs, read_course
from mehrwert.catalogue.rules.funnel import Staged, durations_of, funnel_of, months_to_use

from .factories import body, make_adoption, make_cost, make_solution

pytestmark = pytest.mark.django_db
# the fixture of transfer.md 5.3: once, yearly, both as one yearly amount, per inhabitant
FIXTURE = [
    ("1.96666667", "0.29500000", "0.68833333"),
    ("1.63888889", "0.49166667", "0.81944444"),
    ("1.66666667", "0.30000000", "0.63333333"),
]


def pay(solution, key, once, yearly, annual, **more):
    return make_cost(
        solution,
        key,
        Decimal(annual),
        per_inhabitant_once=Decimal(once),
        per_inhabitant_running=Decimal(yearly),
        **more,
    )


@pytest.fixture
def solution():
    return make_solution("app", name="Die App")


@pytest.fixture
def three(solution):
    for n, amounts in enumerate(FIXTURE):
        pay(solution, f"0000000{n}", *amounts)
    return solution


def test_the_fixture_gives_a_span_and_five_years(three, client):
    """TRF-405, TRF-406: 0.63 to 0.82, median 0.69; 31,138.89 to 44,250 for 10,000 people."""
    paid = read_costs(three, 10_000)
    span = paid.every.span
    assert [round(float(x), 2) for x in (span.low, span.base, span.high)] == [0.63, 0.69, 0.82]
    total = [float(x) for x in (paid.total.low, paid.total.base, paid.total.high)]
    assert total == pytest.approx([31_138.89, 31_666.67, 44_250.00], abs=0.01)
    page = body(client.get("/loesungen/app/kosten/?einwohner=10.000"))
    assert "31.139 € bis 44.250 €" in page
    file = body(client.get("/loesungen/app/kosten.csv"))
    assert "alle;3;0,6333;0,6883;0,8194" in file


def test_below_three_there_is_no_amount_anywhere(solution, client):
    """TRF-405: no single number in page, file, program."""
    for n, amounts in enumerate(FIXTURE[:2]):
        pay(solution, f"0000000{n}", *amounts)
    for path in ("/loesungen/app/kosten/", "/loesungen/app/kosten.csv", "/loesungen/app/"):
        shown = body(client.get(path))
        assert "0,69" not in shown
        assert "0.6883" not in shown
    assert "eine Spanne gibt es ab drei" in body(client.get("/loesungen/app/kosten/"))
    assert "0.6883" not in body(client.get("/api/v1/solutions/app"))


@pytest.mark.parametrize("more", [{"is_lower_bound": True}, {"source_kind": "estimate"}])
def test_lower_bounds_and_estimates_enter_no_span(three, client, more):
    """TRF-402."""
    pay(three, "09", "0.1", "0.1", "0.01", **more)
    assert read_costs(three).every.n == 3
    assert "geht in keine Spanne ein" in body(client.get("/loesungen/app/kosten/"))


@pytest.mark.parametrize("given", ["viele", "-3", "0", "999999999999999"])
def test_a_nonsense_number_of_people_is_said_so(three, client, given):
    answer = client.get(f"/loesungen/app/kosten/?einwohner={given}")
    assert answer.status_code == 422
    assert "zwischen 1 und 90 Millionen" in body(answer)


def staged(relation="reuse", verified="2026-01-01", **stages):
    days = {stage: date.fromisoformat(day) for stage, day in stages.items()}
    return Staged(relation, days, date.fromisoformat(verified))


def test_the_funnel_counts_later_stages_for_earlier_ones():
    """TRF-109: each stage with n, rate, denominator; no rate below five."""
    rows = [
        *[staged(interest="2022-01-01")] * 2,
        *[staged(trial="2022-02-01")] * 3,
        *[staged(decided="2022-03-01", live="2022-04-01")] * 3,
        staged(live="2022-04-01", ended="2023-04-01"),
        staged("co-development", live="2022-01-01"),
    ]
    steps = {step.stage: (step.n, step.of, step.rate) for step in funnel_of(rows)}
    assert steps["interest"] == (9, None, None)
    assert steps["trial"] == (7, 9, pytest.approx(7 / 9))
    assert steps["decided"] == (4, 7, pytest.approx(4 / 7))
    assert steps["live"] == (4, 4, None)
    assert steps["lasting"] == (3, 4, None)


def test_an_unconfirmed_use_is_cut_off_where_it_was_last_seen():
    """TRF-110."""
    (known,) = durations_of([staged(live="2024-01-01", verified="2025-01-01")])
    assert (round(known.months), known.has_ended) == (12, False)
    assert durations_of([staged("test", live="2024-01-01")]) == []


def test_the_share_after_two_years_is_shown_from_five_uses(solution, client):
    for n in range(4):
        make_adoption(
            solution, f"1000000{n}", basis="declared", status="live",
            stages={"live": "2021-01-01"}, verified_on=date(2026, 1, 1),
        )  # fmt: skip
    page = body(client.get("/loesungen/app/nachnutzung/"))
    assert "Bekannt ist die Dauer von 4 Nutzungen" in page
    make_adoption(
        solution, "10000009", basis="declared", status="ended",
        stages={"live": "2021-01-01", "ended": "2022-01-01"}, verified_on=date(2022, 1, 1),
    )  # fmt: skip
    make_adoption(solution, "10000010", basis="declared", status="live")
    course = read_course(solution)
    assert (course.n_uses, course.n_undated) == (5, 1)
    assert course.survival.alive == pytest.approx(0.8)
    page = body(client.get("/loesungen/app/nachnutzung/"))
    assert "Nach 24 Monaten laufen noch 80 % von 5 Nutzungen (95 %:" in page
    file = body(client.get("/loesungen/app/nachnutzung.csv"))
    assert "Ort 10000009;gemeinde;nachgenutzt;ended;;;;2021-01-01;2022-01-01;2022-01-01" in file


def test_empty_pages_say_what_to_do(solution, client):
    assert "einmalig, jährlich, Stunden" in body(client.get("/loesungen/app/kosten/"))
    assert "Wir nutzen das" in body(client.get("/loesungen/app/nachnutzung/"))


def test_costs_stand_apart_by_operating_model(solution, client):
    """TRF-404: three towns of one model give a span, one of another does not."""
    models = ("own", "own", "own", "county", "unknown")
    for n, model in enumerate(models):
        pay(solution, f"0000000{n}", *FIXTURE[n % 3], operating_model=model)
    found = {one.model: (one.n, one.span is not None) for one in read_costs(solution).models}
    assert found == {"own": (3, True), "county": (1, False)}
    assert "eigener Betrieb" in body(client.get("/loesungen/app/kosten/"))
    assert "alle;1;;;;county" in body(client.get("/loesungen/app/kosten.csv"))


def test_how_long_it_took_is_counted_where_both_days_are_known():
    """From the first step to use; a month or a year alone is too coarse to count."""
    spans = months_to_use(
        [
            {"interest": "2024-01-01", "trial": "2024-03-01", "live": "2024-07-01"},
            {"trial": "2024-03", "live": "2024-07-01"},
            {"live": "2024-07-01"},
            {"trial": "2024-03-01"},
        ]
    )
    assert [round(span, 1) for span in spans] == [6.0]
