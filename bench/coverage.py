"""Simulates how often the published intervals hold the truth, and how often nothing looks better.

    python bench/coverage.py [--series 10000] [--seed 20260727] [--only series|synthesis]
                             [--cells 16:0.8,24:0.6]

Gates of truth (decisions 32): per cell coverage 92.5 to 97 %, at most 3.5 % of null series called
better, 3 % over all cells. Generator of a series of n months: y = 5 + 0.01·t + u, with n ≥ 24 also
0.10·sin(2πt/12) + 0.05·cos(2πt/12); u_t = φ·u_(t−1) + ε_t with ε normal, sd 0.10, begun from its
stationary law; no effect. T₀ = round(0.6·n), moved so that eight months lie on either side: with
fewer the room `evaluation` estimates no trend (n = 16: T₀ = 8). The model is the one that the room
would choose: level change with trend, two harmonics from 24 months before and 12 after. Synthesis:
k effects N(−0.2, τ²) measured with standard errors drawn evenly from 0.05 to 0.35.

Twenty cells are judged at once, so some stand within chance of a gate. A cell of series whose share
lies within two standard errors of a gate, on either side, is simulated again with four times the
series from a fresh seed, and the second figures alone decide.
"""

import argparse
import sys
import time
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mehrwert.stats.arrays import Array
from mehrwert.stats.direction import Direction, direction
from mehrwert.stats.effect_rules import EFFECTS
from mehrwert.stats.series import phi_averaged, segmented_design
from mehrwert.stats.synthesis import tau_averaged

SERIES_CELLS = [(n, phi) for n in (16, 24, 36, 60) for phi in (0.0, 0.2, 0.4, 0.6, 0.8)]
POOL_CELLS = [(2, 0.3), (3, 0.3), (5, 0.1), (5, 0.3), (8, 0.1), (8, 0.3), (12, 0.1)]
COVERAGE = (0.925, 0.97)
MOST_BETTER, MOST_BETTER_OVER_ALL = 0.035, 0.03
SD, TRUTH = 0.10, -0.2
LEAST_NEW = 0.92
AGAIN, CLOSE = 4, 2.0


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell gave: shares of those that were published, and the share refused."""

    name: str
    covered: float
    better: float
    refused: float


def ar1(n: int, phi: float, generator: np.random.Generator) -> Array:
    """Return a stationary series of errors, shape (n,)."""
    noise = generator.normal(0.0, SD, n)
    values = np.empty(n)
    values[0] = noise[0] / np.sqrt(1 - phi * phi)
    for t in range(1, n):
        values[t] = phi * values[t - 1] + noise[t]
    return values


def series_cell(n: int, phi: float, count: int, seed: int) -> Cell:
    """Simulate null series; refused ones (not identified) publish nothing."""
    generator = np.random.default_rng([seed, n, round(100 * phi)])
    t: NDArray[np.int64] = np.arange(1, n + 1)
    limits = EFFECTS.design
    last_pre = max(limits.series_min, min(round(0.6 * n), n - limits.series_min))
    seasonal = last_pre >= limits.season_pre and n - last_pre >= limits.season_post
    x, c = segmented_design(t, last_pre, harmonics=limits.harmonics if seasonal else 0)
    wave = 0.10 * np.sin(2 * np.pi * t / 12) + 0.05 * np.cos(2 * np.pi * t / 12)
    base = 5 + 0.01 * t + (wave if seasonal else 0.0)
    covered = better = published = 0
    for _ in range(count):
        found = phi_averaged(base + ar1(n, phi, generator), x, c)
        if not found.is_identified:
            continue
        published += 1
        covered += found.low <= 0.0 <= found.high
        says = direction(found.low, found.high, EFFECTS.sesoi_log_ratio)
        better += says is Direction.BETTER
    shown = max(published, 1)
    return Cell(f"n={n} phi={phi}", covered / shown, better / shown, (count - published) / count)


def pool_cell(k: int, tau: float, count: int, seed: int) -> tuple[Cell, float]:
    """Simulate syntheses; return the cell of the mean and the coverage of a new municipality."""
    generator = np.random.default_rng([seed, k, round(100 * tau)])
    covered = new = better = 0
    for _ in range(count):
        errors = generator.uniform(0.05, 0.35, k)
        theta = generator.normal(TRUTH, tau, k)
        y = generator.normal(theta, errors)
        found = tau_averaged(y, errors**2)
        another = generator.normal(TRUTH, tau)
        covered += found.mean[1] <= TRUTH <= found.mean[2]
        new += found.new[1] <= another <= found.new[2]
        better += found.mean[2] < 0
    return Cell(f"k={k} tau={tau}", covered / count, better / count, 0.0), new / count


def is_close(cell: Cell, count: int) -> bool:
    """Say whether chance alone could have put the cell on this side of a gate."""
    pairs = [(cell.covered, gate) for gate in COVERAGE] + [(cell.better, MOST_BETTER)]
    return any(
        abs(share - gate) < CLOSE * np.sqrt(gate * (1 - gate) / count) for share, gate in pairs
    )


def timed_cell(n: int, phi: float, count: int, seed: int) -> Cell:
    """Simulate a cell and print its line."""
    started = time.perf_counter()
    cell = series_cell(n, phi, count, seed)
    took = time.perf_counter() - started
    print(
        f"{cell.name:16} {count:6} {100 * cell.covered:5.1f} % {100 * cell.better:5.2f} %"
        f" {100 * cell.refused:5.1f} %   {took:.0f} s",
        flush=True,
    )
    return cell


def simulate_series(count: int, seed: int, chosen: list[tuple[int, float]]) -> list[str]:
    """Print the table of the series and return what misses its gate."""
    print("series: number, coverage, called better (nothing there), refused")
    misses, cells = [], []
    for n, phi in chosen:
        cell = timed_cell(n, phi, count, seed)
        if is_close(cell, count):
            cell = timed_cell(n, phi, AGAIN * count, seed + 1)
        cells.append(cell)
        if not COVERAGE[0] <= cell.covered <= COVERAGE[1] or cell.better > MOST_BETTER:
            misses.append(cell.name)
    overall = float(np.mean([cell.better for cell in cells]))
    print(f"called better over all cells: {100 * overall:.2f} %")
    is_whole = len(chosen) == len(SERIES_CELLS)
    return misses + (["over all"] if is_whole and overall > MOST_BETTER_OVER_ALL else [])


def simulate_pools(count: int, seed: int) -> list[str]:
    """Print the table of the synthesis and return what misses its gate (EVI-160)."""
    print("synthesis: coverage of the mean, of a new municipality")
    misses = []
    for k, tau in POOL_CELLS:
        cell, new = pool_cell(k, tau, count, seed)
        print(f"{cell.name:16} {100 * cell.covered:5.1f} % {100 * new:5.1f} %", flush=True)
        if min(cell.covered, new) < LEAST_NEW:
            misses.append(cell.name)
    return misses


def main() -> int:
    """Run both tables; 1 when a gate is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--series", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=20_260_727)
    parser.add_argument("--only", choices=("series", "synthesis"))
    parser.add_argument("--cells", help="months:phi of series, with commas; all without it")
    given = parser.parse_args()
    chosen = SERIES_CELLS
    if given.cells:
        pairs = (one.split(":") for one in given.cells.split(","))
        chosen = [(int(n), float(phi)) for n, phi in pairs]
    print(f"{given.series} per cell, seed {given.seed}, rules {EFFECTS.version}")
    misses: list[str] = []
    if given.only != "synthesis":
        misses += simulate_series(given.series, given.seed, chosen)
    if given.only != "series":
        misses += simulate_pools(given.series, given.seed)
    print("missed: " + ", ".join(misses) if misses else "all gates met")
    return 1 if misses else 0


if __name__ == "__main__":
    sys.exit(main())
