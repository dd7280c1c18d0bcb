"""Findings and plans as other rooms draft them."""

from datetime import date

from mehrwert.base.actor import Actor
from mehrwert.base.tenant import tenant_scope
from mehrwert.evidence import actions

CURATOR = Actor("user", 7, "Karla Kuratorin")


def fields(town="Auental", *, root="app", key="giesswasser@1", theta=-0.2, se=0.05, **more):
    """Return the columns of a finding with a comparison group."""
    return {
        "municipality_key": f"demo:{town}",
        "municipality": town,
        "population": 8_000,
        "evaluator": town,
        "title": f"{town}: Gießwasser",
        "solution_root": root,
        "solution": "die Bewässerung nach Bedarf",
        "indicator_key": key,
        "indicator": "Gießwasser",
        "scale": "log_ratio",
        "good_direction": "down",
        "sesoi": 0.05,
        "result": "positive",
        "theta": theta,
        "se": se,
        "low": theta - 2 * se,
        "high": theta + 2 * se,
        "direction": "better",
        "design": "controlled_its",
        "design_level": 3,
        "passed": True,
        "has_plan": True,
        "start_month": 2024 * 12,
        "study": {"unit": "m³"},
        **more,
    }


def plan(tenant_id, reference="1", town="Auental", *, root="app", key="giesswasser@1", **more):
    """Register a plan."""
    with tenant_scope(tenant_id):
        return actions.register_plan(
            reference,
            {
                "municipality": town,
                "title": "die Bewässerung nach Bedarf: Gießwasser",
                "solution_root": root,
                "indicator_key": key,
                "scale": "log_ratio",
                "plan_hash": f"{tenant_id}-{reference}",
                "document": {"indicator_name": "Gießwasser", "unit": "m³"},
                "is_before_start": True,
                "due_on": date(2025, 1, 1),
                **more,
            },
        )


def released(tenant_id, reference="1", town="Auental", **more):
    """Draft and release a finding of a town."""
    with tenant_scope(tenant_id):
        row = actions.draft_finding(reference, fields(town, **more))
        return actions.release_finding(row, actor=CURATOR)
