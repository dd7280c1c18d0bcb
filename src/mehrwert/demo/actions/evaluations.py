"""Tells the stories of ``demo/evaluations.py`` through the same actions that people use."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import numpy as np

from mehrwert.base.actor import SYSTEM, Actor
from mehrwert.base.canonical import fingerprint
from mehrwert.base.clock import from_us
from mehrwert.base.tenant import tenant_scope
from mehrwert.catalogue import actions as catalogue
from mehrwert.catalogue.queries import read_own_catalogue
from mehrwert.demo import evaluations as told
from mehrwert.demo.evaluations import Story
from mehrwert.demo.papers import typed
from mehrwert.demo.solutions import SOLUTIONS
from mehrwert.evaluation import actions as evaluation
from mehrwert.evaluation.actions import Costs, DecisionInput, MoneyInput, Plan, ResultInput
from mehrwert.evaluation.models import Evaluation
from mehrwert.evaluation.queries import begins_us, list_evaluations, month_of, parse_month
from mehrwert.evidence import actions as evidence
from mehrwert.evidence.access import find_finding_of
from mehrwert.municipalities.models import Tenant
from mehrwert.observations import actions as observations
from mehrwert.observations.choices import DuplicatePolicy

from .projects import link_evaluation

SOURCE = "Erfunden: Beispiel der Demo"
LEAD = Actor("system", label="Lena Amtmann (Demo)")
CREDIT = "Stadt Münster"
LICENCE = "dl-de/by-2-0"
NO_CITY = "Beispiel dieser Demo, keine Auswertung der Stadt"
Report = Callable[[int, int, str], None]


def load_evaluations(auental: Tenant, muenster: Tenant, now_us: int, *, report: Report) -> int:
    """Make all examples that are not there yet; return how many evaluations were made."""
    this_month = month_of(from_us(now_us).date())
    made = 0
    total = len(told.STORIES) + 1
    enter_solutions(auental)
    with tenant_scope(auental.pk):
        there = set(list_evaluations().values_list("title", flat=True))
        for number, story in enumerate(told.STORIES):
            report(number, total, story.solution)
            title = _title(story)
            if title not in there:
                _tell(auental, story, this_month)
                made += 1
        _findings_elsewhere()
    report(total - 1, total, "Münster")
    with tenant_scope(muenster.pk):
        if not list_evaluations().exists():
            _ask_muenster(muenster)
            made += 1
    report(total, total, "Münster")
    return made


def enter_solutions(tenant: Tenant) -> None:
    """Enter the invented solutions into the catalogue, marked as such, once."""
    there = {row.slug for row in read_own_catalogue(tenant).entries}
    for slug, profile in SOLUTIONS.items():
        if slug in there:
            continue
        row = catalogue.create_draft(tenant, profile, actor=LEAD)
        catalogue.publish_solution(row, tenant, actor=LEAD)


def _title(story: Story) -> str:
    return f"{story.solution[0].upper()}{story.solution[1:]}: {story.indicator}"


def _tell(tenant: Tenant, story: Story, this_month: int) -> None:
    start = this_month - story.months_ago
    first = start - told.MONTHS_BEFORE
    months = np.arange(first, min(this_month, start + told.MONTHS_AFTER))
    streams = _streams(tenant, story, months, start)
    own, *others = streams
    plan = Plan(
        title=_title(story),
        goal=story.goal,
        beneficiaries="Bauhof und Haushalt",
        benefit_kind="inside_administration",
        solution_root=story.key,
        indicator_key=story.indicator_key,
        indicator_name=story.indicator,
        unit=story.unit,
        datastream_id=own,
        good_direction="down",
        scale="log_ratio",
        first_month=first,
        start_month=start,
        last_month=start + told.MONTHS_AFTER - 1,
        sesoi=story.sesoi,
        evaluator="Auental",
        comparisons=dict(zip(others, told.COMPARISONS, strict=True)),
        comparison_starts=_begun(story, streams, start),
    )
    row = evaluation.create_evaluation(plan, solution=story.solution, is_demo=True, actor=LEAD)
    row = evaluation.freeze_plan(row, actor=LEAD, at_us=begins_us(start - 2))
    link_evaluation(row, story.key)
    if story.end:
        evaluation.estimate_effect(tenant.pk, row.pk)
        _report_and_decide(row, story)


def _begun(story: Story, streams: list[int], start: int) -> dict[int, int]:
    """Return the neighbour that began itself: its series with its first month."""
    if story.also_begun is None:
        return {}
    place, later, _effect = story.also_begun
    return {streams[place]: start + later}


def _streams(tenant: Tenant, story: Story, months: Any, start: int) -> list[int]:
    """Make the series of Auental and of the comparison towns; return their ids."""
    context = write_context(tenant.pk)
    found = []
    for place, town in enumerate(("Auental", *told.COMPARISONS)):
        name = f"{town}: {story.indicator}" if place else f"Auental, Bauhof: {story.indicator}"
        stream = monthly_stream(
            context,
            f"{story.key}/{place}",
            thing=name,
            fields={
                "name": story.indicator,
                "unit_name": story.unit_name,
                "unit_symbol": story.unit,
                "source": SOURCE,
                "licence": "CC0-1.0",
                "credit": "Demo",
            },
        )
        values = told.values_of(story, months, place=place, start=start)
        times = [begins_us(int(month)) for month in months]
        batch = observations.ReadingBatch(stream, times, values)
        observations.record_observations(context, [batch])
        found.append(stream)
    return found


def monthly_stream(
    context: observations.WriteContext, key: str, *, thing: str, fields: dict[str, Any]
) -> int:
    """Make a thing with one monthly series, once."""
    sensor = observations.find_or_create_sensor(
        context, external_key="demo/monthly", name="Monatliche Angabe"
    )
    measured = observations.find_or_create_observed_property(
        context, external_key=f"demo/{fields['name']}", name=fields["name"]
    )
    thing_id = observations.find_or_create_thing(
        context, external_key=f"demo/{key}", name=thing, description="Beispiel der Demo."
    )
    found: int = observations.find_or_create_datastream(
        context,
        external_key=f"demo/{key}",
        thing_id=thing_id,
        sensor_id=sensor,
        observed_property_id=measured,
        expected_interval_s=told.MONTH_S,
        properties={"closed": True},
        **fields,
    )
    return found


def _report_and_decide(row: Evaluation, story: Story) -> None:
    evaluation.file_result(row, ResultInput(), actor=LEAD)
    finding = find_finding_of(row.reference)
    if finding is not None:
        evidence.release_finding(finding, actor=LEAD)
    _answer(row, story)
    row = evaluation.set_legal_light(row, "green", actor=Actor("system", label="Recht (Demo)"))
    decided_on = from_us(begins_us(row.start_month + told.MONTHS_AFTER)).date()
    given = _decision(story)
    day = decided_on + timedelta(days=20)
    evaluation.record_decision(row, DecisionInput(decided_on=day, **given), actor=LEAD)
    if story.end == "decide":
        _write_paper(row, day)


def _write_paper(row: Evaluation, day: date) -> None:
    """Leave the released council paper of the decision."""
    paper = evaluation.begin_paper(row, actor=LEAD)
    evaluation.change_paper(paper, evaluation.paper_input(typed(day)), actor=LEAD)
    evaluation.release_paper(paper, actor=LEAD, role="Vorhabenleitung")


def _decision(story: Story) -> dict[str, Any]:
    if story.end == "decide":
        alone = Costs(invest=11_400, yearly=2_900, yearly_base=38_000, years=5, rate=0.009)
        return {
            "decision": "continue",
            "body": "Stadtrat Auental (erfunden)",
            "override_reason": "Der Stadtrat folgt dem Amt.",
            "money": MoneyInput(alone, affordable=True),
        }
    alone = Costs(invest=6_000, yearly=1_800, yearly_base=9_000, years=5, rate=0.009)
    return {
        "decision": "end",
        "body": "Bauausschuss Auental (erfunden)",
        "override_reason": "Der Ausschuss sieht keinen Nutzen, der die Kosten trägt.",
        "lesson": "Die Touren waren schon gut geplant; Fühler änderten daran nichts."
        " Vorher eine Woche lang Füllstände ansehen, das kostet fast nichts.",
        "money": MoneyInput(alone, affordable=True),
    }


def _answer(row: Evaluation, story: Story) -> None:
    is_good = story.end == "decide"
    project = {
        "B1": ("planned" if is_good else "not_reached", "Die Technik lief von Anfang an."),
        "B2": ("yes" if is_good else "no", ""),
        "B3": ("", "Wieder so: klein anfangen. Anders: den Bauhof früher fragen."),
    }
    treasury = {"B2": ("shared" if is_good else "no", "Nur, wenn der Kreis mitmacht.")}
    evaluation.answer_questions(row, "project", project, actor=LEAD)
    evaluation.answer_questions(row, "treasury", treasury, actor=LEAD)


def _findings_elsewhere() -> None:
    """Put the invented findings of invented towns into the pools of the solutions, once."""
    story = told.STORIES[0]
    if find_finding_of("demo-ort-1") is not None:
        return
    first = told.PoolElsewhere(
        story.key, story.solution, story.indicator, "down", story.sesoi, told.FINDINGS
    )
    number = 0
    for pool in (first, *told.ELSEWHERE):
        key = story.indicator_key if pool is first else f"{pool.key}@1"
        for found in pool.findings:
            number += 1
            reference = f"demo-ort-{number}"
            _register(reference, found.municipality, found.year, pool, key)
            fields = _finding_fields(number, found, pool, key)
            evidence.release_finding(evidence.draft_finding(reference, fields), actor=SYSTEM)
    name, _, year = told.OVERDUE
    _register("demo-ort-0", name, year, first, story.indicator_key)


def _finding_fields(
    number: int, found: told.Elsewhere, pool: told.PoolElsewhere, key: str
) -> dict[str, Any]:
    half = 1.96 * found.se
    is_better = found.theta + half < 0
    return {
        "municipality_key": f"demo:{number}",
        "municipality": found.municipality,
        "population": found.population,
        "evaluator": found.evaluator,
        "title": f"{found.municipality}: {pool.indicator}",
        "solution_root": pool.key,
        "solution": pool.solution,
        "indicator_key": key,
        "indicator": pool.indicator,
        "scale": "log_ratio",
        "good_direction": pool.good_direction,
        "sesoi": pool.sesoi,
        "result": "positive" if is_better else "null",
        "theta": found.theta,
        "se": found.se,
        "low": found.theta - half,
        "high": found.theta + half,
        "direction": "better" if is_better else "unclear",
        "design": found.design,
        "design_level": found.level,
        "passed": True,
        "has_plan": True,
        "start_month": found.year * 12 + 3,
        "is_demo": True,
    }


def _register(
    reference: str, municipality: str, year: int, pool: told.PoolElsewhere, key: str
) -> None:
    """Put the plan of an invented town into the register, once."""
    document = {"format": "demo", "municipality": municipality, "indicator": key}
    fields = {
        "municipality": municipality,
        "title": f"{municipality}: {pool.indicator}",
        "solution_root": pool.key,
        "indicator_key": key,
        "scale": "log_ratio",
        "plan_hash": fingerprint(document),
        "document": document,
        "is_before_start": True,
        "due_on": date(year + 1, 10, 1),
        "is_demo": True,
    }
    evidence.register_plan(reference, fields, frozen_us=begins_us(year * 12 + 1))


def _ask_muenster(tenant: Tenant) -> None:
    """Put the question of the pandemic spring to real counts; the honest answer is computed."""
    context = write_context(tenant.pk)
    counts = told.monthly_counts()[told.STATION]
    stream = monthly_stream(
        context,
        f"monatsmittel/{told.STATION}",
        thing=f"{told.STATION_NAME}, Monatsmittel 2019 bis 2026",
        fields={
            "name": "Fahrräder je Tag",
            "unit_name": "Fahrräder je Tag",
            "unit_symbol": "Räder/Tag",
            "source": "Stadt Münster, Amt für Mobilität und Tiefbau, od-ms/radverkehr-zaehlstellen",
            "licence": LICENCE,
            "credit": CREDIT,
        },
    )
    times = [begins_us(parse_month(month)) for month, _ in counts]
    batch = observations.ReadingBatch(stream, times, [mean for _, mean in counts])
    observations.record_observations(context, [batch])
    spring = parse_month(told.SPRING)
    plan = Plan(
        title="Frühjahr 2020: Radverkehr an der Hammer Straße",
        goal="Hat sich der Radverkehr mit dem Frühjahr 2020 verändert?",
        beneficiaries="",
        benefit_kind="",
        solution_root="demo-fruehjahr-2020",
        indicator_key="demo-radverkehr@1",
        indicator_name="Fahrräder je Tag",
        unit="Räder/Tag",
        datastream_id=stream,
        good_direction="up",
        scale="log_ratio",
        first_month=parse_month(told.COUNTED_FROM),
        start_month=spring,
        last_month=parse_month(told.COUNTED_TO),
        sesoi=told.STORIES[0].sesoi,
        evaluator=NO_CITY,
        events={
            spring: "Ausgangsbeschränkungen seit dem 23. März 2020, später Lockerungen",
        },
    )
    row = evaluation.create_evaluation(
        plan, solution="das Frühjahr 2020", is_demo=True, actor=SYSTEM
    )
    row = evaluation.freeze_plan(row, actor=SYSTEM)
    evaluation.estimate_effect(tenant.pk, row.pk)
    evaluation.file_result(row, ResultInput(reason=NO_CITY), actor=SYSTEM)


def write_context(tenant_id: int) -> observations.WriteContext:
    """Return who writes invented months: the same ones again change nothing."""
    return observations.WriteContext(tenant_id, "demo", SYSTEM, policy=DuplicatePolicy.STRICT)
