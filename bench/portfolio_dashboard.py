"""How long the dashboard of a municipality with many projects takes, on the engine of the run.

    .venv/bin/python bench/portfolio_dashboard.py [NUMBER]
    MEHRWERT_DATABASE_URL=postgresql://… .venv/bin/python bench/portfolio_dashboard.py

Writes invented projects (200 unless a number is given) with gates, reports, risks, fundings and
twelve figures of three years into a throwaway database and opens the list as a signed-in person:
the whole request with middleware and template. Prints median, 95th percentile, worst,
and the computing time of this process, which a busy machine changes least.
"""

import statistics
import sys
import time
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent / "parts"))
from throwaway import throwaway_database

FIGURES, MONTHS, ROUNDS = 12, 36, 40
LIGHTS = ("green", "yellow", "red", "not_delivered", "late")
TODAY = datetime.now(tz=UTC).date()


def main() -> None:
    """Fill, ask, print."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    with throwaway_database():
        fill(number)
        measure(number)


def fill(number: int) -> None:
    """Write projects and what hangs on them."""
    from mehrwert.base.actor import SYSTEM
    from mehrwert.base.tenant import tenant_scope
    from mehrwert.municipalities.actions import create_tenant
    from mehrwert.portfolio import actions
    from mehrwert.portfolio.models import Project

    tenant = create_tenant(
        slug="messung", name="Messung", level="demo", ars="990000000777", is_demo=True
    )
    with tenant_scope(tenant.pk):
        for n in range(number):
            six = actions.NewProject(
                title=f"Vorhaben {n}",
                field_of_action="Wasser",
                goal="Es wird besser.",
                unit=f"Amt {n % 9}",
                starts_on=TODAY - timedelta(days=400 + n),
            )
            row = actions.create_project(six, actor=SYSTEM)
            actions.advance_project(row, "P1", on=TODAY - timedelta(days=380), actor=SYSTEM)
            actions.plan_gates(row, {"P2": TODAY + timedelta(days=n - 100)}, actor=SYSTEM)
            if n % 4 == 0:
                _funding(row, n, actions, SYSTEM)
            if n % 20 == 0:
                asked = actions.NewDecision(question=f"Frage {n}?", body="Rat", until=TODAY)
                actions.ask_decision(row, asked, actor=SYSTEM)
            Project.objects.filter(pk=row.pk).update(
                light_stated=LIGHTS[n % 5],
                light_computed=LIGHTS[n % 3],
                planned_eur=Decimal(80_000),
                actual_eur=Decimal(20_000 + n),
                running_eur=Decimal(5_000),
            )
        _figures(actions, SYSTEM)


def _funding(row: Any, n: int, actions: Any, actor: Any) -> None:
    given = actions.FundingInput(
        programme="Programm", share=Decimal("0.5"), ends_on=TODAY + timedelta(days=n * 5)
    )
    actions.add_funding(row, given, actor=actor)


def _figures(actions: Any, actor: Any) -> None:
    from mehrwert.portfolio.rules.periods import add_months

    first = TODAY.replace(day=1)
    for n in range(FIGURES):
        definition = actions.Definition(
            type="outcome",
            name=f"Kennzahl {n}",
            explanation="Wie gut es läuft.",
            unit="%",
            good_direction="up",
            source="Messung",
            owner="Amt",
            valid_from=add_months(first, -MONTHS),
        )
        row = actions.define_indicator(definition, actor=actor)
        values = [
            actions.NewValue(period=add_months(first, -m), value=float(m + n))
            for m in range(MONTHS)
        ]
        actions.add_values(row, values, actor=actor)
        figure = actions.FigureInput(
            target=50.0, target_on=TODAY, owner_role="Amt", decision_served="Weiter?"
        )
        actions.place_figure(row, figure, actor=actor)


def measure(number: int) -> None:
    """Open the list again and again."""
    from django.db import connection
    from django.test import Client

    from mehrwert.accounts.actions import create_user
    from mehrwert.municipalities.actions import set_membership
    from mehrwert.municipalities.models import Tenant

    tenant = Tenant.objects.get(slug="messung")
    user = create_user(
        email="m@messung.example", display_name="M", password="vier blaue Esel im Wald"
    )
    set_membership(tenant, user, "lead")
    client = Client()
    client.force_login(user)
    path = "/messung/vorhaben/"
    assert client.get(path).status_code == 200
    size = len(client.get(path).content)
    took, spent = [], []
    for _round in range(ROUNDS):
        begun, busy = time.perf_counter(), time.process_time()
        client.get(path)
        took.append((time.perf_counter() - begun) * 1000)
        spent.append((time.process_time() - busy) * 1000)
    took.sort()
    print(
        f"{connection.vendor}: {number} projects, {size / 1024:.0f} kB;"
        f" median {statistics.median(took):.0f} ms,"
        f" 95th percentile {took[int(ROUNDS * 0.95) - 1]:.0f} ms, worst {took[-1]:.0f} ms,"
        f" computing {statistics.median(spent):.0f} ms"
    )


if __name__ == "__main__":
    main()
