"""Times one evaluation of ten years of months with all placebo dates, and large syntheses.

    python bench/effects.py

Invented series of 120 months, 84 before the start; processor time, the best of five runs. Gates:
each evaluation and each synthesis of 10,000 effects below one second.
"""

import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from mehrwert.evaluation.rules import Data, MonthlySeries, Plan, estimate
from mehrwert.stats.synthesis import fit_random_effects, tau_averaged

FIRST, MONTHS, PRE = 2014 * 12, 120, 84
GATE_S, RUNS = 1.0, 5


def plan_of(comparisons: int) -> Plan:
    """Return a plan over ten years."""
    return Plan(
        title="t", goal="g", beneficiaries="", benefit_kind="", solution_root="x",
        indicator_key="k@1", indicator_name="k", unit="", datastream_id=1, good_direction="down",
        scale="log_ratio", first_month=FIRST, start_month=FIRST + PRE,
        last_month=FIRST + MONTHS - 1, sesoi=0.05,
        comparisons={number: str(number) for number in range(comparisons)},
    )  # fmt: skip


def series(generator: np.random.Generator, effect: float) -> MonthlySeries:
    """Return months with a wave of the year, noise and an effect."""
    months = np.arange(FIRST, FIRST + MONTHS)
    wave = 0.2 * np.sin(2 * np.pi * months / 12)
    noise = 0.1 * generator.normal(size=MONTHS)
    return MonthlySeries(months, np.exp(4 + wave + noise + effect * (months >= FIRST + PRE)))


def seconds(work: Callable[[], Any]) -> float:
    """Return processor seconds of the best run."""
    best = float("inf")
    for _ in range(RUNS):
        started = time.process_time()
        work()
        best = min(best, time.process_time() - started)
    return best


def cases() -> list[tuple[str, Callable[[], Any]]]:
    """Return what is timed."""
    generator = np.random.default_rng(5)
    own = series(generator, -0.2)
    few = Data(own, {number: series(generator, 0) for number in range(3)})
    many = Data(own, {number: series(generator, 0) for number in range(20)})
    months = np.arange(FIRST, FIRST + MONTHS)
    zeros = Data(MonthlySeries(months, generator.poisson(2, MONTHS).astype(float)))
    y, v = generator.normal(-0.2, 0.3, 10_000), generator.uniform(0.05, 0.35, 10_000) ** 2
    return [
        ("one series, 69 placebo dates", lambda: estimate(Data(own), plan_of(0))),
        ("three comparison towns, 69 placebo dates", lambda: estimate(few, plan_of(3))),
        ("twenty donors", lambda: estimate(many, plan_of(20))),
        ("counts with zeros, 69 placebo dates", lambda: estimate(zeros, plan_of(0))),
        ("synthesis of 10,000, REML", lambda: fit_random_effects(y, v)),
        ("synthesis of 10,000, averaged over tau", lambda: tau_averaged(y, v)),
    ]


def main() -> int:
    """Print the times; 1 when a gate is missed."""
    misses = 0
    for name, work in cases():
        took = seconds(work)
        misses += took > GATE_S
        print(f"{name:44} {1000 * took:6.0f} ms", flush=True)
    return 1 if misses else 0


if __name__ == "__main__":
    sys.exit(main())
