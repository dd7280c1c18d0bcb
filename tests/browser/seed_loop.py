"""Leaves what closes the loop: sources that rest, a running package, a public finding, money.

Everything is invented and goes through the actions of the rooms.
"""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from mehrwert.base.actor import Actor
from mehrwert.base.clock import from_us, now_us
from mehrwert.base.tenant import tenant_scope
from mehrwert.catalogue.actions import save_search
from mehrwert.connectors.mqtt import actions as mqtt
from mehrwert.connectors.pulls import actions as pulls
from mehrwert.evaluation import actions as evaluation
from mehrwert.evaluation.access import find_evaluation
from mehrwert.evaluation.queries import plan_of
from mehrwert.evidence.access import find_finding_of
from mehrwert.evidence.actions import release_finding
from mehrwert.evidence.rules import OWN
from mehrwert.geodata import actions as geodata
from mehrwert.geodata.choices import Affected, ClosureKind
from mehrwert.portfolio import actions as portfolio
from mehrwert.portfolio.models import Project
from mehrwert.starters import actions as starters
from mehrwert.starters.queries import bundled_package

OWN_KEY = f"{OWN}zaehlung"
BINDING = {
    "format": 1,
    "name": "Broker des Bauhofs",
    "broker": "mqtts://broker.auental.example:8883",
    "topics": ["tele/+/SENSOR"],
    "content": "values",
    "device": {"topic_part": 2},
    "time": {"at": "/Time", "zone": "Europe/Berlin"},
    "values": [
        {
            "field": "temperature",
            "at": "/AM2301/Temperature",
            "name": "Raumtemperatur",
            "unit": "Grad Celsius",
            "symbol": "°C",
        }
    ],
}


def seed_loop(tenant: Any, actor: Actor, project_id: str) -> dict[str, str]:
    """Seed and return ids."""
    save_search(int(actor.actor_id or 0), "q=Pegel", "Pegel")
    with tenant_scope(tenant.pk):
        ids = {**_sources(actor), **_judged(tenant, actor), "closure": _close_street(actor)}
        _money(Project.objects.get(pk=project_id), actor)
        _figure(Project.objects.get(pk=project_id), actor)
    return ids


def _close_street(actor: Actor) -> str:
    """Close a street with everything that can be said of it."""
    today = from_us(now_us()).date()
    given = geodata.ClosureInput(
        street="Mühlgasse",
        section="zwischen Markt und Brücke",
        kind=ClosureKind.FULL,
        starts_on=today - timedelta(days=3),
        ends_on=today + timedelta(days=4),
        is_estimated=True,
        reason="Rohrbruch",
        detour="über Bahnhofstraße",
        affected=(Affected.BUS, Affected.WASTE),
        office="Tiefbauamt",
        contact="Durchwahl 12",
        plain="Die Straße ist zu. Bitte fahren Sie über die Bahnhofstraße.",
    )
    return str(geodata.save_closure(None, given, is_demo=True, actor=actor).pk)


def _sources(actor: Actor) -> dict[str, str]:
    form = pulls.PullForm("Pegel am Unterlauf", {"station": "AUENTAL", "series": "W"}, 900)
    pull = pulls.create_pull("pegelonline", form, pulls.Credentials(), actor=actor, paused=True)
    binding = mqtt.create_binding(
        BINDING, mqtt.Login(), retention_days=90, actor=actor, paused=True
    )
    return {"pull": str(pull.source_id), "binding": str(binding.source_id)}


def _judged(tenant: Any, actor: Actor) -> dict[str, str]:
    """Start a package, measure, release the finding; fix a second plan under own names."""
    package = bundled_package("rad-und-autozaehlung")
    running, _ = starters.start_package(package, tenant, licence_accepted=True, actor=actor)
    starters.save_draft(
        bundled_package("container-fuellstand"),
        starters.Answers({}, goal="Seltener umsonst fahren.", sesoi_percent=5, start_month=24_312),
        is_demo=True,
        actor=actor,
    )
    plan = running.pieces.get(kind="plan")
    row = evaluation.freeze_plan(find_evaluation(plan.object_id), actor=actor)
    evaluation.estimate_effect(tenant.pk, row.pk)
    evaluation.file_result(row, evaluation.ResultInput(), actor=actor)
    finding = find_finding_of(row.reference)
    release_finding(finding, actor=actor)
    own = replace(plan_of(row), title="Eigene Zählung", indicator_key=OWN_KEY)
    made = evaluation.create_evaluation(own, solution="Zählen", is_demo=True, actor=actor)
    evaluation.freeze_plan(made, actor=actor)
    return {
        "judged": str(row.pk),
        "finding": str(finding.pk),
        "plan_hash": row.plan_hash,
        "own_key": OWN_KEY,
    }


def _money(project: Project, actor: Actor) -> None:
    plan = portfolio.MoneyInput(
        base_year=project.starts_on.year,
        benefit_budget=Decimal(4_200),
        benefit_other=Decimal(1_500),
        benefit_reason="geschätzt",
        hours_saved=Decimal(260),
        yearly_base=Decimal(28_600),
    )
    portfolio.plan_money(project, plan, actor=actor)


def _figure(project: Project, actor: Actor) -> None:
    """Put a figure with a year of values onto the dashboard."""
    today = from_us(now_us()).date()
    months = [date(today.year - 1, month, 1) for month in range(1, 13)]
    given = portfolio.Definition(
        type="outcome",
        name="Gießfahrten je Woche",
        explanation="Fahrten des Bauhofs zum Gießen, Mittel des Monats.",
        unit="Fahrten",
        good_direction="down",
        source="Fahrtenbuch",
        owner="Bauhof",
        valid_from=months[0],
    )
    row = portfolio.define_indicator(given, project=project, actor=actor)
    values = [portfolio.NewValue(period=month, value=47.0 - month.month) for month in months]
    portfolio.add_values(row, values, actor=actor)
    figure = portfolio.FigureInput(
        target=35.0,
        target_on=date(today.year + 1, 12, 31),
        owner_role="Bauhof",
        decision_served="Auf den Friedhof ausweiten?",
    )
    portfolio.place_figure(row, figure, actor=actor)
