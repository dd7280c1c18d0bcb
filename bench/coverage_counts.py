"""Simulates how often the intervals of series with months of zero hold (decisions 33).

    python bench/coverage_counts.py [--series 10000] [--seed 20261128]

Null counts of n months, means 1 and 3, Poisson or negative binomial with k = 2; with φ > 0 the log
of the rate wanders as 0.3·u, u AR(1) with variance 1. The model is the one that the room
`evaluation` chooses: quasi-Poisson averaged over φ while |r₁| ≤ 0.2, else quarters, else nothing.
Series without any zero are judged by the usual model and are left out here. Each cell has a
generator of its own. Gates of truth (decisions 32) over what is published in a cell: coverage at
least 92.5 %, at most 3.5 % called better; above 97 % is cautious and marked so.
"""

import argparse

import numpy as np

from mehrwert.evaluation.rules import Data, MonthlySeries, Plan, estimate, estimating

FIRST = 2019 * 12
SIZES = ((16, 8), (24, 12), (36, 24))
LEAST_COVERED, CAUTIOUS, MOST_BETTER = 0.925, 0.97, 0.035


def plan_of(pre: int, post: int) -> Plan:
    """Return a plan that judges a change of level."""
    return Plan(
        title="t", goal="g", beneficiaries="", benefit_kind="", solution_root="x",
        indicator_key="k@1", indicator_name="k", unit="", datastream_id=1, good_direction="down",
        scale="log_ratio", first_month=FIRST, start_month=FIRST + pre,
        last_month=FIRST + pre + post - 1, sesoi=0.05,
    )  # fmt: skip


def counts(
    n: int, mean: float, k: int, phi: float, generator: np.random.Generator
) -> MonthlySeries:
    """Return one null series."""
    u = np.zeros(n)
    u[0] = generator.normal()
    for t in range(1, n):
        u[t] = phi * u[t - 1] + np.sqrt(1 - phi**2) * generator.normal()
    rate = mean * np.exp(0.3 * u * (phi > 0))
    y = generator.negative_binomial(k, k / (k + rate)) if k else generator.poisson(rate)
    return MonthlySeries(np.arange(FIRST, FIRST + n), y.astype(float))


def cell(
    sizes: tuple[int, int],
    law: tuple[float, int, float],
    count: int,
    generator: np.random.Generator,
) -> str:
    """Simulate one cell; return its line."""
    plan, (mean, k, phi) = plan_of(*sizes), law
    found = {"count_model": [0, 0, 0], "count_quarters": [0, 0, 0]}
    nothing = 0
    for _ in range(count):
        series = counts(sum(sizes), mean, k, phi, generator)
        outcome = estimate(Data(series), plan)
        if (series.values > 0).all():
            continue
        effect = outcome.effect
        if effect is None or effect.low is None or effect.high is None:
            nothing += 1
            continue
        by = next(check.code for check in outcome.checks if check.code in found)
        found[by][0] += 1
        found[by][1] += effect.low <= 0 <= effect.high
        found[by][2] += outcome.direction.value == "better"
    said = [
        f"{by} {n:4} covered {100 * held / max(n, 1):5.1f} better {100 * better / max(n, 1):4.1f}"
        for by, (n, held, better) in found.items()
    ]
    n, held, better = (sum(column) for column in zip(*found.values(), strict=True))
    misses = held < LEAST_COVERED * n or better > MOST_BETTER * n
    verdict = "missed" if misses else "cautious" if held > CAUTIOUS * n else "held"
    name = f"n={sum(sizes)} mean={mean:g} k={k} phi={phi:g}"
    return f"{name:24} {' | '.join(said)} | nothing {nothing} | {verdict}"


def main() -> None:
    """Run all cells in their order."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--series", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=20_261_128)
    given = parser.parse_args()
    vars(estimating)["falsify"] = lambda *_: ([], [])  # placebo starts change no interval
    laws = [(m, k, phi) for m in (1.0, 3.0) for k in (0, 2) for phi in (0.0, 0.5)]
    for sizes in SIZES:
        for number, law in enumerate(laws):
            generator = np.random.default_rng([given.seed, *sizes, number])
            print(cell(sizes, law, given.series, generator), flush=True)


if __name__ == "__main__":
    main()
