"""Rules that watch over Auental and rounds that follow; one is met while a visitor looks on."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time

from mehrwert.alerts.actions import (
    Contact,
    MaintenanceChoice,
    PlanChoice,
    RosterChoice,
    RuleChoice,
    create_plan,
    create_rule,
    order_rounds,
    raise_task,
    save_maintenance,
    save_roster,
    switch_rule,
    tick,
)
from mehrwert.alerts.choices import PlanScope, RuleKind, Severity, TaskKind
from mehrwert.alerts.queries import (
    list_maintenance,
    list_plans,
    list_rosters,
    list_rules,
    list_stops,
)
from mehrwert.base.actor import SYSTEM, Actor
from mehrwert.base.clock import now_us
from mehrwert.base.tenant import tenant_scope
from mehrwert.demo import town
from mehrwert.demo.queries import SeriesState, read_series_states
from mehrwert.observations.queries import list_things, read_datastream

HOUR_S = 3_600
DAY_US = 86_400_000_000
YARD = ("Bauhof", (10.223, 51.293))
WATER, GRIT, LOOK = "Gießrunde Jungbäume", "Streudienst Plätze und Gassen", "Sensoren ansehen"
# station, what, hours of running, days, done so many days ago
MAINTENANCE = (
    ("pumpe-muehlgrund", "Laufrad prüfen", 200, None, 40),
    ("pumpe-am-anger", "Laufrad prüfen", 200, None, 10),
    ("pumpe-am-anger", "Schwimmer reinigen", None, 90, 84),
)
RUNS_ABOVE_A = 1.0
PLANS = (
    PlanChoice(
        WATER,
        TaskKind.WATER,
        advice="100 Liter je Baum, langsam.",
        start_name=YARD[0],
        start=YARD[1],
    ),
    PlanChoice(
        GRIT,
        TaskKind.GRIT,
        PlanScope.ALL_PLACES,
        advice="Splitt, kein Salz unter Bäumen.",
        start_name=YARD[0],
        start=YARD[1],
    ),
    PlanChoice(
        LOOK,
        TaskKind.SENSOR,
        advice="Batterie tauschen, Antenne ansehen.",
        start_name=YARD[0],
        start=YARD[1],
    ),
)
DUTY = RosterChoice(
    title="Bereitschaft Bauhof (erfunden)",
    begins_on=date(2026, 1, 5),
    handover=time(7),
    turn_days=7,
    people=tuple(
        Contact(f"{name} (erfunden)", f"{name.split()[0].lower()}@auental.example")
        for name in ("Frieda Feld", "Bernd Bach", "Clara Kies")
    ),
)
DRIVER = Actor("user", 0, "Frieda Feld (erfunden)")
TICKED = 3
# key of the series, plan, rule
RULES = (
    (
        f"{town.MAIN_GAUGE}/level",
        "",
        RuleChoice(
            title="Die Aue steigt schnell",
            kind=RuleKind.RISES,
            threshold=0.1,
            window_s=600,
            hold_s=0,
            severity=Severity.WARNING,
            advice="Bauhof anrufen, Rechen an der Mühlbrücke ansehen.",
        ),
    ),
    (
        f"{town.MAIN_GAUGE}/level",
        "",
        RuleChoice(
            title="Hochwasser an der Mühlbrücke",
            kind=RuleKind.ABOVE,
            threshold=0.6,
            hysteresis=0.1,
            hold_s=60,
            damage_value=0.7,
            severity=Severity.ALARM,
            advice="Uferweg sperren, Anwohner der Mühlgasse anrufen.",
        ),
    ),
    (
        f"{town.SILENT_STATION}/soil_moisture",
        LOOK,
        RuleChoice(
            title="Sensor an der Winterlinde schweigt",
            kind=RuleKind.SILENT,
            hold_s=6 * HOUR_S,
            severity=Severity.NOTE,
            advice="Batterie prüfen.",
        ),
    ),
    *(
        (
            f"{key}/soil_moisture",
            WATER,
            RuleChoice(
                title=f"{name} hat Durst",
                kind=RuleKind.BELOW,
                threshold=14.0,
                hysteresis=2.0,
                hold_s=12 * HOUR_S,
                severity=Severity.NOTE,
                advice="In die nächste Gießrunde aufnehmen.",
            ),
        )
        for key, name in (
            ("boden-birkenweg", "Birkenweg"),
            ("boden-neubau-ost", "Neubaugebiet Ost"),
            ("boden-neustaedter-ring", "Neustädter Ring"),
        )
    ),
    *(
        (
            f"{key}/sump_level",
            "",
            RuleChoice(
                title=f"Schacht läuft voll: {name}",
                kind=RuleKind.ABOVE,
                threshold=1.8,
                hysteresis=0.3,
                hold_s=HOUR_S // 2,
                severity=Severity.ALARM,
                advice="Bereitschaft verständigen, Saugwagen vormerken.",
            ),
        )
        for key, name in (("pumpe-muehlgrund", "Mühlgrund"), ("pumpe-am-anger", "Am Anger"))
    ),
    (
        "hitze-ostwall/street_temperature",
        GRIT,
        RuleChoice(
            title="Am Ostwall wird es glatt",
            kind=RuleKind.BELOW,
            threshold=0.5,
            hysteresis=1.0,
            hold_s=HOUR_S,
            severity=Severity.WARNING,
            advice="Streudienst rufen.",
        ),
    ),
)


def make_rules(tenant_id: int) -> None:
    """Make plans and rules and let them watch; those that are there stay as somebody left them."""
    series = read_series_states(tenant_id)
    with tenant_scope(tenant_id):
        plans = _make_plans(tenant_id)
        if not list_rosters():
            save_roster(tenant_id, None, DUTY, actor=SYSTEM)
        known = set(list_rules().values_list("title", flat=True))
        for key, plan, choice in RULES:
            if choice.title in known or key not in series:
                continue
            chosen = replace(choice, plan_id=plans.get(plan))
            rule = create_rule(tenant_id, series[key].datastream_id, chosen, actor=SYSTEM)
            switch_rule(rule, is_active=True, actor=SYSTEM)
        if not list_maintenance():
            _make_maintenance(tenant_id, series)


def _make_maintenance(tenant_id: int, series: Mapping[str, SeriesState]) -> None:
    """Enter what must be done at the pumps; one of it is due."""
    for station, title, hours, days, ago in MAINTENANCE:
        state = series.get(f"{station}/pump_current")
        if state is None:
            continue
        pump = read_datastream(tenant_id, state.datastream_id)
        choice = MaintenanceChoice(
            title=title,
            thing_id=pump.thing_id,
            done_us=now_us() - ago * DAY_US,
            every_hours=hours,
            every_days=days,
            datastream_id=state.datastream_id if hours else None,
            running_above=RUNS_ABOVE_A if hours else None,
        )
        save_maintenance(tenant_id, None, choice, actor=DRIVER)


def _make_plans(tenant_id: int) -> dict[str, int]:
    """Make the plans, and one round of gritting that has begun; return their ids by title."""
    known = {plan.title: plan.pk for plan in list_plans()}
    for choice in PLANS:
        if choice.title in known:
            continue
        if choice.scope is PlanScope.ALL_PLACES:
            choice = replace(choice, thing_ids=_streets(tenant_id))
        plan = create_plan(tenant_id, choice, actor=SYSTEM)
        known[choice.title] = plan.pk
        if choice.thing_ids:
            task = raise_task(plan, actor=SYSTEM)
            order_rounds()
            for stop in list_stops(task)[:TICKED]:
                tick(stop, is_done=True, actor=DRIVER)
    return known


def _streets(tenant_id: int) -> tuple[int, ...]:
    """Return the things at streets and squares, in no order."""
    kinds = ("hitze-marktplatz", "hitze-bahnhof", "hitze-schulhof", "hitze-kirchgasse")
    more = ("hitze-ostwall", "hitze-gewerbepark", "hitze-kita", "hitze-pflegeheim")
    names = {s.name for s in town.stations() if s.key in (*kinds, *more, "hitze-friedhof")}
    return tuple(thing.id for thing in list_things(tenant_id) if thing.name in names)
