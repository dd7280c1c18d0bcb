"""What to expect in one municipality: with and without its size."""

import math

import numpy as np
import pytest
import scipy.stats

from mehrwert.evidence.rules import pool
from mehrwert.evidence.rules.forecasting import (
    forecast,
    groups_by_size,
    is_size_modelled,
    most_similar,
    size_effect,
)

from .test_rules import row

SIZES = [2_000, 3_500, 5_000, 8_000, 12_000, 18_000, 30_000, 55_000, 90_000, 150_000]
# larger municipalities gain less
TEN = [
    row(f"o{n}", -0.5 + 0.05 * math.log2(size / 2_000), 0.05 + 0.01 * (n % 3), population=size)
    for n, size in enumerate(SIZES)
]


def by_quadrature(rows, population):
    """Return the quantiles of a new municipality by adding up a plain grid of τ, slope and all."""
    y = np.array([r.theta for r in rows])
    v = np.array([r.se**2 for r in rows])
    x = np.column_stack((np.ones(len(rows)), np.log([r.population for r in rows])))
    x0 = np.array([1.0, math.log(population)])
    grid, logs, means, scales = np.linspace(0.0005, 2.5, 5_000), [], [], []
    for tau in grid:
        total = np.diag(v + tau**2)
        inverse = np.linalg.inv(total)
        information = x.T @ inverse @ x
        beta = np.linalg.solve(information, x.T @ inverse @ y)
        rest = y - x @ beta
        loglik = -0.5 * (
            np.linalg.slogdet(total)[1] + np.linalg.slogdet(information)[1] + rest @ inverse @ rest
        )
        logs.append(loglik + scipy.stats.halfnorm.logpdf(tau, scale=0.5))
        means.append(x0 @ beta)
        scales.append(math.sqrt(x0 @ np.linalg.solve(information, x0) + tau**2))
    weights = np.exp(np.array(logs) - max(logs))
    weights /= weights.sum()

    def quantile(p):
        return scipy.optimize.brentq(
            lambda q: weights @ scipy.stats.norm.cdf((q - np.array(means)) / scales) - p, -5, 5
        )

    return quantile(0.5), quantile(0.025), quantile(0.975)


def test_from_ten_towns_on_the_forecast_follows_the_size():
    """EVI-57, EVI-161, EVI-163: against a plain quadrature."""
    small, large = (forecast(TEN, n, sesoi=0.05) for n in (3_000, 100_000))
    assert small.new == pytest.approx(by_quadrature(TEN, 3_000), abs=2e-4)
    assert large.new == pytest.approx(by_quadrature(TEN, 100_000), abs=2e-4)
    assert small.new[0] < large.new[0]
    assert small.classic[0] < small.new[0] < small.classic[1]
    assert small.by_size.low < 0.05 < small.by_size.high


def test_outside_of_all_experience_there_is_no_forecast():
    """EVI-164."""
    assert forecast(TEN, 150_000, sesoi=0.05) is not None
    assert forecast(TEN, 3_000_000, sesoi=0.05) is None
    assert forecast(TEN, 150, sesoi=0.05) is None


def test_below_ten_towns_the_size_changes_nothing():
    nine = TEN[:9]
    assert not is_size_modelled(nine)
    assert size_effect(nine) is None
    told = forecast(nine, 3_000_000, sesoi=0.05)
    assert told.new == pytest.approx(pool(nine, sesoi=0.05).new)
    assert told.by_size is None


def test_towns_of_unknown_size_do_not_help():
    hidden = [row("x", -0.3, population=None), *TEN[:9]]
    assert not is_size_modelled(hidden)
    assert forecast(hidden, 5_000, sesoi=0.05).k == 10


def test_towns_of_one_size_say_nothing_about_size():
    alike = [row(f"o{n}", -0.2 + 0.01 * n, population=8_000) for n in range(12)]
    assert not is_size_modelled(alike)


def test_one_town_gives_a_wide_forecast_and_no_classic_one():
    """EVI-158."""
    told = forecast([row("a")], 8_000, sesoi=0.05)
    assert told.classic is None
    assert told.new[1] < -0.5 < 0 < told.new[2]


def test_size_classes_are_described_and_not_judged():
    groups = groups_by_size(TEN)
    assert [(one.size, one.k) for one in groups] == [(0, 2), (1, 4), (2, 3), (3, 1)]
    assert groups[0].best == pytest.approx(-0.5)


def test_at_most_three_towns_are_called_similar():
    """EVI-165."""
    assert most_similar(TEN, 10_000) == ["o4", "o3", "o5"]
