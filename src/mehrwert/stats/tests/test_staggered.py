"""Several starts: clean comparisons, shared ones as a covariance, one mean (EVI-134, EVI-151)."""

import numpy as np
import pytest
import scipy
from hypothesis import given, settings
from hypothesis import strategies as st

from mehrwert.stats.arrays import StatisticsError
from mehrwert.stats.series import fit_at, segmented_design, weights_at
from mehrwert.stats.staggered import (
    Comparison,
    clean_comparisons,
    pool_correlated,
    rotated,
    shared_correlation,
)
from mehrwert.stats.synthesis import fit_random_effects, tau_averaged

from .data import bcg, golden_series

STARTS = {1: 13, 2: 25, 3: None, 4: 40, 5: None}


def test_only_towns_that_have_not_started_are_compared_with():
    """EVI-134: never, or not before the window ends; a town that runs it already is none."""
    assert clean_comparisons(1, STARTS, 24) == [2, 3, 4, 5]
    assert clean_comparisons(1, STARTS, 25) == [3, 4, 5]
    assert clean_comparisons(2, STARTS, 36) == [3, 4, 5]
    assert clean_comparisons(4, STARTS, 48) == [3, 5]


@pytest.mark.parametrize("phi", [0.0, 0.5])
def test_the_weights_give_the_estimate_and_its_error(phi):
    """The estimate is linear in the values; its variance is that of the full AR(1) covariance."""
    t, y = golden_series()
    kept = np.array([i for i in range(60) if i not in {7, 8, 40}])
    x, c = segmented_design(t[kept], 36, harmonics=1)
    w = weights_at(x, c, phi, months=t[kept])
    beta, rest = fit_at(y[kept], x, phi, months=t[kept])
    assert w @ y[kept] == pytest.approx(c @ beta, abs=1e-10)
    apart = np.abs(np.subtract.outer(t[kept], t[kept]))
    covariance = phi**apart / (1 - phi * phi)
    inverse = np.linalg.inv(covariance)
    exact = c @ np.linalg.inv(x.T @ inverse @ x) @ c
    assert w @ covariance @ w == pytest.approx(exact, rel=1e-9)
    assert len(rest) == len(kept)


def linear(town, others, months, last_pre, phi):
    x, c = segmented_design(months, last_pre)
    towns = {town: 1.0, **dict.fromkeys(others, -1 / len(others))}
    return Comparison(towns, months, weights_at(x, c, phi))


def test_the_correlation_is_that_of_simulated_towns():
    """Independent: towns are drawn, estimated by their weights, and correlated."""
    phi, months = 0.4, np.arange(1.0, 61.0)
    made = [
        linear(1, [3, 4], months[:40], 13, phi),
        linear(2, [3, 5], months, 30, phi),
        linear(3, [4, 5], months[20:], 45, phi),
    ]
    found = shared_correlation(made, phi)
    generator = np.random.default_rng(7)
    noise = generator.normal(size=(20_000, 6, 60))
    noise[:, :, 0] /= np.sqrt(1 - phi * phi)
    for i in range(1, 60):
        noise[:, :, i] += phi * noise[:, :, i - 1]
    estimates = np.zeros((3, len(noise)))
    for row, one in enumerate(made):
        at = one.months.astype(int) - 1
        for town, share in one.towns.items():
            estimates[row] += share * (noise[:, town, at] @ one.weights)
    assert np.corrcoef(estimates) == pytest.approx(found, abs=0.03)
    assert abs(found[0, 2]) > 0.01  # town 3 served as comparison before it started
    assert np.diag(found) == pytest.approx(1)


def test_estimates_that_share_nothing_are_independent():
    months = np.arange(1.0, 41.0)
    one, other = (linear(t, [t + 1, t + 2], months, 20, 0.3) for t in (1, 4))
    assert shared_correlation([one, other], 0.3)[0, 1] == 0.0
    with pytest.raises(StatisticsError):
        shared_correlation([one, other], 1.0)


def correlated(k, rho):
    errors = np.linspace(0.08, 0.2, k)
    return errors[:, None] * errors * (rho + (1 - rho) * np.eye(k))


def dense_likelihood(tau2, y, v):
    """REML likelihood of θ ~ N(μ1, V + τ²I) from the full matrix, with μ̂: independent."""
    inverse = np.linalg.inv(v + tau2 * np.eye(len(y)))
    information = inverse.sum()
    mu = inverse.sum(axis=0) @ y / information
    rest = y - mu
    logs = np.linalg.slogdet(v + tau2 * np.eye(len(y)))[1] + np.log(information)
    return -0.5 * (logs + rest @ inverse @ rest), mu, information


def test_rotation_gives_reml_of_the_full_covariance_matrix():
    y = np.array([-0.5, -0.05, -0.31, 0.12, -0.22])
    v = correlated(5, 0.35)
    values, columns, variances = rotated(y, v)
    found = fit_random_effects(values, variances, columns, variance="wald")
    best = scipy.optimize.minimize_scalar(
        lambda tau2: -dense_likelihood(tau2, y, v)[0], bounds=(0, 1), method="bounded",
        options={"xatol": 1e-12},
    )  # fmt: skip
    _, mu, information = dense_likelihood(best.x, y, v)
    assert best.x > 0.01
    assert found.tau2 == pytest.approx(best.x, abs=2e-6)
    assert found.coefficients[0] == pytest.approx(mu, abs=2e-6)
    assert found.standard_errors[0] == pytest.approx(information**-0.5, abs=2e-6)


def test_the_pooled_mean_is_that_of_a_dense_quadrature():
    y = np.array([-0.30, -0.12, -0.21])
    v = correlated(3, 0.4)
    tau = np.linspace(0, 3, 2001)
    parts = [dense_likelihood(t * t, y, v) for t in tau]
    density = np.array([p[0] for p in parts]) - (tau / 0.5) ** 2 / 2
    weights = np.exp(density - density.max())
    weights[[0, -1]] /= 2
    weights /= weights.sum()
    centres = np.array([p[1] for p in parts])
    scales = np.array([p[2] for p in parts]) ** -0.5
    found = pool_correlated(y, v)
    for place, at in ((found.mean[1], 0.025), (found.mean[0], 0.5), (found.mean[2], 0.975)):
        total = weights @ scipy.special.ndtr((place - centres) / scales)
        assert total == pytest.approx(at, abs=1e-6)


def test_without_shared_towns_it_is_the_published_synthesis():
    """BCG (metafor): a diagonal covariance gives the numbers of independent studies."""
    y, v, _ = bcg()
    values, columns, variances = rotated(y, np.diag(v))
    found = fit_random_effects(values, variances, columns, variance="wald")
    assert found.tau2 == pytest.approx(0.3132, abs=5e-5)
    assert abs(found.coefficients[0] - -0.7145) < 5e-5
    assert pool_correlated(y, np.diag(v)).mean == pytest.approx(tau_averaged(y, v).mean, abs=1e-9)


def test_shared_comparisons_make_the_mean_less_certain():
    y = np.array([-0.20, -0.21, -0.19, -0.20])
    alone = pool_correlated(y, correlated(4, 0.0)).mean
    shared = pool_correlated(y, correlated(4, 0.5)).mean
    assert shared[2] - shared[1] > 1.05 * (alone[2] - alone[1])


@settings(max_examples=15, deadline=None)
@given(st.floats(-2, 2), st.permutations(range(4)))
def test_shift_and_order_do_not_matter(shift, order):
    y, v = np.array([-0.3, 0.1, -0.2, 0.05]), correlated(4, 0.3)
    first = pool_correlated(y, v).mean
    again = pool_correlated(y[order] + shift, v[np.ix_(order, order)]).mean
    assert np.array(again) - shift == pytest.approx(np.array(first), abs=1e-7)


@pytest.mark.parametrize(
    "v", [np.eye(3), [[1.0, 0.5], [0.1, 1.0]], [[1.0, 1.0], [1.0, 1.0]], [[1, np.nan], [0, 1]]]
)
def test_a_matrix_that_is_no_covariance_is_refused(v):
    with pytest.raises(StatisticsError) as caught:
        pool_correlated([-0.1, -0.2], v)
    assert caught.value.code == "covariance"


def test_growing_effects_spoil_one_regression_over_all_but_not_this():
    """EVI-134: why two-way fixed effects are not offered; no noise, so exact numbers."""
    months = np.arange(1.0, 49.0)
    starts = {1: 13, 2: 25, 3: None}
    grows = {
        t: np.where(months >= s, -0.02 * (months - s + 1), 0.0) if s else 0 * months
        for t, s in starts.items()
    }
    truth, estimates = [], []
    for town in (1, 2):
        last = starts[town] + 11
        inside = months <= last
        others = clean_comparisons(town, starts, last)
        gap = grows[town] - np.mean([grows[o] for o in others], axis=0)
        x, c = segmented_design(months[inside], starts[town] - 1, trend=False)
        estimates.append(weights_at(x, c, 0.3) @ gap[inside])
        truth.append(grows[town][(months >= starts[town]) & inside].mean())
    panel = np.concatenate([grows[t] for t in starts])
    treated = np.concatenate([(months >= s) * 1.0 if s else 0 * months for s in starts.values()])
    dummies = np.column_stack([
        treated, np.kron(np.eye(3), np.ones((48, 1))), np.kron(np.ones((3, 1)), np.eye(48))[:, 1:],
    ])  # fmt: skip
    wrong = np.linalg.lstsq(dummies, panel, rcond=None)[0][0]
    overall = np.mean([grows[t][months >= starts[t]].mean() for t in (1, 2)])
    assert abs(wrong - overall) > 0.05
    assert estimates == pytest.approx(truth, abs=0.02)
