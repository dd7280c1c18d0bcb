"""Synthetic difference in differences against a solver of another kind (EVI-145)."""

import numpy as np
import pytest
import scipy

from mehrwert.stats.arrays import StatisticsError
from mehrwert.stats.synthetic_did import did_interval, placebo_error, synthetic_did

from .data import golden_panel


def simplex_by_slsqp(rows, target, penalty):
    """Minimise over a constant and weights by sequential quadratic programming: independent."""
    p = rows.shape[1]

    def loss(w):
        rest = w[0] + rows @ w[1:] - target
        return rest @ rest + penalty * w[1:] @ w[1:]

    def slope(w):
        rest = w[0] + rows @ w[1:] - target
        return np.concatenate(([2 * rest.sum()], 2 * rows.T @ rest + 2 * penalty * w[1:]))

    found = scipy.optimize.minimize(
        loss, np.concatenate(([0.0], np.full(p, 1 / p))), jac=slope, method="SLSQP",
        bounds=[(None, None), *[(0, None)] * p],
        constraints={"type": "eq", "fun": lambda w: w[1:].sum() - 1,
                     "jac": lambda _w: np.concatenate(([0.0], np.ones(p)))},
        options={"ftol": 1e-15, "maxiter": 2000},
    )  # fmt: skip
    return found.x[1:]


def test_weights_and_effect_are_those_of_a_general_solver():
    panel, n_pre = golden_panel(), 30
    found = synthetic_did(panel, n_pre)
    treated, donors = panel[0], panel[1:]
    noise = np.diff(donors[:, :n_pre], axis=1).std(ddof=1)
    units = simplex_by_slsqp(donors[:, :n_pre].T, treated[:n_pre], 18**0.5 * noise**2 * n_pre)
    times = simplex_by_slsqp(
        donors[:, :n_pre], donors[:, n_pre:].mean(axis=1), 1e-12 * noise**2 * 20
    )
    assert found.unit_weights == pytest.approx(units, abs=2e-4)
    after = np.append(-times, np.full(18, 1 / 18))
    assert found.effect == pytest.approx((treated - units @ donors) @ after, abs=5e-4)
    assert found.effect == pytest.approx(-0.2, abs=0.03)
    for weights in (found.unit_weights, found.time_weights):
        assert weights.sum() == pytest.approx(1)
        assert weights.min() >= 0


def test_levels_of_towns_and_months_do_not_matter():
    """What difference in differences removes: own levels, and shocks that all share."""
    panel = golden_panel()
    shift = np.linspace(-3, 3, 21)[:, None] + np.sin(np.arange(48.0))[None]
    assert synthetic_did(panel + shift, 30).effect == pytest.approx(
        synthetic_did(panel, 30).effect, abs=0.02
    )
    levels = panel + np.linspace(-3, 3, 21)[:, None]
    assert synthetic_did(levels, 30).effect == pytest.approx(
        synthetic_did(panel, 30).effect, abs=1e-6
    )


def test_the_error_is_the_spread_of_donors_that_play_the_treated_unit():
    panel = golden_panel()[:7]
    effects = [
        synthetic_did(np.vstack((panel[1 + j], np.delete(panel[1:], j, axis=0))), 30).effect
        for j in range(6)
    ]
    assert placebo_error(panel, 30) == pytest.approx(np.std(effects, ddof=1))
    assert placebo_error(panel[:3], 30) is None
    low, high = did_interval(-0.2, 0.1, 4)
    assert (low, high) == pytest.approx((-0.2 - 0.3182446, -0.2 + 0.3182446), abs=1e-6)


def test_two_months_before_are_needed():
    with pytest.raises(StatisticsError):
        synthetic_did(golden_panel(), 1)
