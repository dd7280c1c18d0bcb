"""Fixtures of the room: a town that measures water by the month, and its people."""

from dataclasses import dataclass, replace

import numpy as np
import pytest
from django.test import Client

from mehrwert.base.actor import Actor
from mehrwert.base.tenant import tenant_scope
from mehrwert.base.worker import claim_job, run_job
from mehrwert.evaluation import actions
from mehrwert.evaluation.models import Evaluation
from mehrwert.evaluation.rules import Plan
from mehrwert.evaluation.rules.months import begins_us
from mehrwert.municipalities.tests.fixtures import make_member, make_tenant
from mehrwert.observations.tests.fixtures import make_town, observation_store

__all__ = ["observation_store"]

FIRST, START, LAST = (2021 * 12, 2023 * 12 + 6, 2024 * 12 + 11)
MONTH_S = 30 * 86_400
LENA = Actor("user", 1, "Lena Amtmann")


def pseudo(i):
    """Reproducible numbers in [0, 1)."""
    h = np.sin(12.9898 * np.asarray(i, float)) * 43758.5453
    return h - np.floor(h)


def series(seed, effect=0.0, level=100.0, first=FIRST, last=LAST):
    """Return monthly values with a year's wave, noise, and an effect from the start."""
    months = np.arange(first, last + 1)
    wave = 0.2 * np.sin(2 * np.pi * months / 12)
    noise = 0.06 * (pseudo(seed + months) - 0.5)
    return level * np.exp(wave + noise + effect * (months >= START))


@dataclass
class Town:
    """One municipality with a measured indicator and comparison series."""

    tenant: object
    measured: object
    own: int
    others: list[int]
    clients: dict

    def add(self, values, name, first=FIRST):
        stream = self.measured.add_datastream(
            name=name, unit_name="Kubikmeter", unit_symbol="m³", expected_interval_s=MONTH_S
        )
        times = [begins_us(first + i) for i in range(len(values))]
        self.measured.record(times, [float(v) for v in values], datastream_id=stream)
        return stream

    def plan(self, **changes) -> Plan:
        given = Plan(
            title="Baumbewässerung nach Bedarf: Gießwasser",
            goal="Der Bauhof verbraucht weniger Gießwasser.",
            beneficiaries="Bauhof",
            benefit_kind="inside_administration",
            solution_root="demo-baumbewaesserung",
            indicator_key="giesswasser@1",
            indicator_name="Gießwasser",
            unit="m³",
            datastream_id=self.own,
            good_direction="down",
            scale="log_ratio",
            first_month=FIRST,
            start_month=START,
            last_month=LAST,
            sesoi=0.05,
            comparisons={stream: f"Ort {n}" for n, stream in enumerate(self.others)},
        )
        return replace(given, **changes)

    def scope(self):
        return tenant_scope(self.tenant.pk)

    def frozen(self, *, at_month=START - 3, **changes) -> Evaluation:
        """Return an evaluation whose plan was frozen some months before the start."""
        with self.scope():
            row = actions.create_evaluation(
                self.plan(**changes), solution="bedarfsgerechtes Gießen", is_demo=True, actor=LENA
            )
            return actions.freeze_plan(row, actor=LENA, at_us=begins_us(at_month))

    def estimate(self, row):
        return actions.estimate_effect(self.tenant.pk, row.pk)

    def path(self, rest=""):
        return f"/{self.tenant.slug}/bewertung/{rest}"


def work_off():
    """Run every job that waits."""
    while (job := claim_job("test")) is not None:
        run_job(job)


@pytest.fixture
def town(observation_store):
    tenant = make_tenant("auental", population=8200)
    measured = make_town(tenant.pk)
    made = Town(tenant, measured, 0, [], {})
    made.own = made.add(series(0, effect=-0.25), "Gießwasser")
    made.others = [made.add(series(1000 * n), f"Gießwasser Ort {n}") for n in (1, 2, 3)]
    for role in ("viewer", "editor", "lead"):
        client = Client()
        client.force_login(make_member(tenant, role))
        made.clients[role] = client
    return made
