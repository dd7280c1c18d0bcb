"""Tells the projects of ``demo/projects.py`` through the same actions that people use."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from mehrwert.base.actor import Actor
from mehrwert.base.tenant import tenant_scope
from mehrwert.catalogue.errors import UnknownSolutionError
from mehrwert.catalogue.models import Solution
from mehrwert.catalogue.queries import read_solution
from mehrwert.demo.projects import ARROWS, FEEDS, LOGIC_OF, PROJECTS, STEPS, Measured, Told
from mehrwert.evaluation.actions import link_project
from mehrwert.evaluation.models import Evaluation
from mehrwert.portfolio import actions as portfolio
from mehrwert.portfolio.models import Indicator, Project
from mehrwert.portfolio.queries import list_indicators, list_months, list_projects

LEAD = Actor("system", label="Lena Amtmann (Demo)")
ROLE = "Vorhabenleitung"
REPORT_DAY = 5
NOW_MONTHS = 3
LEVELS = ("municipality", "neighbours", "land", "federal")


def load_projects(tenant_id: int, today: date, *, gauge_id: int | None = None) -> int:
    """Make the projects that are not there yet; return how many.

    Args:
        tenant_id: Auental.
        today: From here one counts back.
        gauge_id: Series of the main gauge, None if there is none.
    """
    made: dict[str, Project] = {}
    with tenant_scope(tenant_id):
        if list_projects().exists():
            return 0
        for told in PROJECTS:
            made[told.key] = _tell(told, today, gauge_id if told.gauge else None)
        for start, target in FEEDS:
            portfolio.add_dependency(made[start], made[target], "feeds", role=ROLE, actor=LEAD)
        _tell_logic(made[LOGIC_OF])
        portfolio.mark_missing(today=today)
        portfolio.refresh_all(today=today)
    return len(made)


def _tell_logic(row: Project) -> None:
    """Say how what is done should lead to what is wanted; most of it nobody has proven."""
    measured = list_indicators(row).first()
    made = {
        key: portfolio.save_step(
            row, kind, words, indicator=measured if is_measured else None, actor=LEAD
        )
        for key, (kind, words, is_measured) in STEPS.items()
    }
    for start, end, assumption, grade, source in ARROWS:
        arrow = portfolio.ArrowInput(assumption, grade, source)
        portfolio.save_arrow(made[start], made[end], arrow, actor=LEAD)


def link_evaluation(row: Evaluation, key: str) -> None:
    """Tie an evaluation to the project of the same story, if it is there (PF-19)."""
    title = next((told.title for told in PROJECTS if told.key == key), "")
    for project in (*list_projects(), *list_projects(state="ended")):
        if project.title == title:
            link_project(row, project, actor=LEAD)


def back(today: date, months: int, day: int = 1) -> date:
    """Return a day so many months ago; negative months lie ahead."""
    number = today.year * 12 + today.month - 1 - months
    return date(number // 12, number % 12 + 1, day)


def _tell(told: Told, today: date, gauge_id: int | None) -> Project:
    start = back(today, told.began)
    planned, _spent, _end, running = told.money
    six = portfolio.NewProject(
        title=told.title,
        field_of_action=told.field_of_action,
        goal=told.goal,
        unit=told.unit,
        starts_on=start,
        solution=solution_of(told.solution),
    )
    row = portfolio.create_project(six, is_demo=True, actor=LEAD)
    known = {"planned_eur": Decimal(planned), "running_eur": Decimal(running), **told.later}
    if told.ends is not None:
        known["ends_on"] = back(today, -told.ends)
    row = portfolio.update_project(row, known, actor=LEAD)
    _measure(row, told, today, gauge_id)
    _plan(row, told, start)
    for day, kind, key in sorted(_steps(row, told, today)):
        if kind == "gate":
            row = portfolio.advance_project(row, key, on=day, actor=LEAD)
        else:
            _report(row, told, date.fromisoformat(key), day, today)
    _add(row, told, today)
    if told.ended:
        row = portfolio.advance_project(row, "P5", on=today, note=told.ended, actor=LEAD)
    return row


def solution_of(slug: str) -> Solution | None:
    """Return an entry of the catalogue, None where there is none of that address."""
    try:
        return read_solution(slug) if slug else None
    except UnknownSolutionError:
        return None


def _measure(row: Project, told: Told, today: date, gauge_id: int | None) -> None:
    if told.measured is None:
        return
    indicator = _define(row, told, told.measured, today)
    portfolio.freeze_baseline(row, indicator, role=ROLE, actor=LEAD)
    if gauge_id is not None:
        water = portfolio.Definition(
            type="process",
            name="Wasserstand am Hauptpegel",
            explanation="Mittel des Monats; ob der Pegel meldet, zeigt der Teil „Daten“ der Ampel.",
            unit="m",
            good_direction="down",
            source="Pegel der Aue (erfunden)",
            owner=row.unit,
            valid_from=row.starts_on,
            datastream_id=gauge_id,
        )
        portfolio.define_indicator(water, project=row, actor=LEAD)


def _define(row: Project, told: Told, measured: Measured, today: date) -> Indicator:
    first = back(today, told.began + measured.before)
    given = portfolio.Definition(
        type="outcome",
        name=measured.name,
        explanation=measured.explanation,
        unit=measured.unit,
        good_direction=measured.better,
        source=measured.source,
        owner=row.unit,
        valid_from=first,
    )
    indicator = portfolio.define_indicator(given, project=row, key=measured.key, actor=LEAD)
    months = told.began + measured.before
    values = [
        portfolio.NewValue(period=back(today, months - n), value=_value(measured, told, n))
        for n in range(months)
    ]
    portfolio.add_values(indicator, values, actor=LEAD)
    if measured.target is not None:
        figure = portfolio.FigureInput(
            target=measured.target,
            target_on=date(today.year + 1, 12, 31),
            owner_role=row.unit,
            decision_served=measured.serves,
        )
        portfolio.place_figure(indicator, figure, actor=LEAD)
    return indicator


def _value(measured: Measured, told: Told, n: int) -> float:
    """Return the value of the n-th month: level before the start, then slowly to the last."""
    share = max(0.0, (n - measured.before + 1) / told.began)
    wobble = (n * 37 % 11 - 5) / 100 * (measured.last + measured.first) / 2
    eased = 1 - (1 - share) ** 2
    last = measured.before + told.began - 1
    level = measured.first + (measured.last - measured.first) * eased
    return round(level + (0 if n == last else wobble * 0.6), 1)


def _plan(row: Project, told: Told, start: date) -> None:
    days = {key: back(start, -planned, 15) for key, (planned, _passed) in told.gates.items()}
    portfolio.plan_gates(row, days, actor=LEAD)


def _steps(row: Project, told: Told, today: date) -> Iterator[tuple[date, str, str]]:
    """Yield what happened, in no order: gates passed and reports delivered."""
    for key, (_planned, passed) in told.gates.items():
        if passed is not None:
            yield back(row.starts_on, -passed, 20), "gate", key
    months = list_months(row, today)
    if told.last_report == "never":
        months = months[1:]
    for month in months:
        delay = 14 if told.last_report == "late" and month == months[0] else 0
        day = min(back(month, -1, REPORT_DAY) + timedelta(days=delay), today)
        yield day, "report", month.isoformat()


def _report(row: Project, told: Told, month: date, day: date, today: date) -> None:
    planned, spent, end, _running = told.money
    share = min(1.0, max(0.05, (month - row.starts_on).days / max(1, (today - row.starts_on).days)))
    stated, sentence = _seen(told, month, row.starts_on, today)
    is_last = month == list_months(row, today)[-1 if told.last_report == "never" else 0]
    if told.last_report == "late" and is_last:
        portfolio.mark_missing(today=day)
    portfolio.deliver_report(
        row,
        month,
        portfolio.ReportInput(
            stated=stated,
            sentence=sentence,
            actual_eur=Decimal(round(spent * share, -1)),
            forecast_eur=Decimal(end if share > 0.7 else planned),
            role=ROLE,
        ),
        actor=LEAD,
        today=day,
    )


def _seen(told: Told, month: date, start: date, today: date) -> tuple[str, str]:
    """Return light and sentence of a month: as it is said now, in the last three months."""
    if month >= back(today, NOW_MONTHS) or not told.before:
        return told.stated, told.sentence
    after = (month.year - start.year) * 12 + month.month - start.month
    said = [(stated, words) for since, stated, words in told.before if since <= after]
    return said[-1] if said else (told.stated, told.sentence)


def _asked(told: Told) -> tuple[portfolio.FunderField, ...]:
    """Return what the invented funder asks for: one field from an own indicator, one still open."""
    still_open = portfolio.FunderField("Erreichte Haushalte", "Anzahl")
    if told.measured is None:
        return (still_open,)
    own = told.measured
    return (portfolio.FunderField(own.name, own.unit, own.key, "1", "mean"), still_open)


def _add(row: Project, told: Told, today: date) -> None:
    if told.funding is not None:
        programme, share, ends, years = told.funding
        ends_on = back(today, -ends) - timedelta(days=1)
        funding = portfolio.FundingInput(
            programme=programme,
            share=Decimal(share),
            ends_on=ends_on,
            committed_until=ends_on.replace(year=ends_on.year + years, day=28),
        )
        portfolio.map_funder_fields(
            portfolio.add_funding(row, funding, actor=LEAD), _asked(told), actor=LEAD
        )
    if told.needed is not None:
        question, why, body, days = told.needed
        asked = portfolio.NewDecision(
            question=question, why=why, body=body, until=today + timedelta(days=days)
        )
        portfolio.ask_decision(row, asked, actor=LEAD)
    _return(row, told, today)
    if told.risk is not None:
        text, size, months = told.risk
        risk = portfolio.add_risk(row, text, size=size, since=back(today, months, 3), actor=LEAD)
        if told.measure is not None:
            words, who = told.measure
            portfolio.add_countermeasure(
                risk, words, responsible=who, since=back(today, months - 1, 10), actor=LEAD
            )


def _return(row: Project, told: Told, today: date) -> None:
    """Say what was switched off in return, and where the benefit arises."""
    if told.replaced is not None:
        name, months, euros, who = told.replaced
        portfolio.add_replacement(
            row,
            f"{name} (erfunden)",
            off_on=back(today, months),
            yearly_eur=Decimal(euros),
            confirmed_by=who,
            actor=LEAD,
        )
    if told.split is not None:
        given = portfolio.SplitInput(
            shares={level: Decimal(n) for level, n in zip(LEVELS, told.split, strict=True)},
            evidence={"municipality": "geschätzt (erfunden)"},
        )
        portfolio.plan_split(row, given, actor=LEAD)
