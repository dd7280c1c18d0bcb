"""Leaves one measured evaluation with its council paper, through the actions of the room.

All values are invented.
"""

import math
from typing import Any

from mehrwert.base.actor import Actor
from mehrwert.base.tenant import tenant_scope
from mehrwert.evaluation.actions import (
    begin_paper,
    create_evaluation,
    estimate_effect,
    freeze_plan,
    invite_voice,
)
from mehrwert.evaluation.rules import Plan
from mehrwert.evaluation.rules.months import begins_us
from mehrwert.observations.actions import (
    ReadingBatch,
    SeriesByHand,
    WriteContext,
    record_observations,
    set_up_series,
)

FIRST, START, LAST = 2021 * 12, 2023 * 12 + 6, 2024 * 12 + 11
MONTH_S = 30 * 86_400


def seed_papers(tenant: Any, actor: Actor, thing_id: str) -> dict[str, str]:
    """Measure four years of water, freeze a plan, estimate, begin a paper; return ids."""
    series = SeriesByHand(
        "Gießwasser",
        "Beispielgerät",
        {
            "name": "Gießwasser",
            "unit_name": "Kubikmeter",
            "unit_symbol": "m³",
            "unit_definition": "m³",
            "expected_interval_s": MONTH_S,
            "source": "erfunden",
            "licence": "CC0 1.0",
        },
    )
    context = WriteContext(tenant.pk, "seed", actor)
    stream = set_up_series(context, int(thing_id), series)
    months = range(FIRST, LAST + 1)
    values = [round(_litres(month), 3) for month in months]
    record_observations(
        context, [ReadingBatch(stream, [begins_us(month) for month in months], values)]
    )
    plan = Plan(
        title="Baumbewässerung nach Bedarf: Gießwasser",
        goal="Der Bauhof verbraucht weniger Gießwasser.",
        beneficiaries="Bauhof",
        benefit_kind="inside_administration",
        solution_root="demo-baumbewaesserung",
        indicator_key="giesswasser@1",
        indicator_name="Gießwasser",
        unit="m³",
        datastream_id=stream,
        good_direction="down",
        scale="log_ratio",
        first_month=FIRST,
        start_month=START,
        last_month=LAST,
        sesoi=0.05,
    )
    with tenant_scope(tenant.pk):
        row = create_evaluation(plan, solution="bedarfsgerechtes Gießen", is_demo=True, actor=actor)
        freeze_plan(row, actor=actor, at_us=begins_us(START - 3))
        estimate_effect(tenant.pk, row.pk)
        paper = begin_paper(row, actor=actor)
        _, secret = invite_voice(row, role="politics", moment="end", label="Stadtrat", actor=actor)
    return {"evaluation": str(row.pk), "paper": str(paper.pk), "voice": secret}


def _litres(month: int) -> float:
    noise = math.sin(12.9898 * month) * 43758.5453
    noise -= math.floor(noise)
    effect = -0.25 if month >= START else 0.0
    return 100 * math.exp(0.2 * math.sin(2 * math.pi * month / 12) + 0.06 * (noise - 0.5) + effect)
