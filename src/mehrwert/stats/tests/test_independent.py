"""Methods against computations that share nothing with ours: full matrices, grids, enumeration."""

import itertools
import math

import numpy as np
import pytest
import scipy

from mehrwert.stats.capital_value import Bridge
from mehrwert.stats.mixture import Mixture
from mehrwert.stats.series import phi_averaged
from mehrwert.stats.synthesis import (
    egger,
    failsafe_number,
    fit_random_effects,
    shrunken_values,
    tau2_interval,
)
from mehrwert.stats.synthetic_control import synthetic_control

SEEDS = (3, 17, 42)


def studies(seed, k=9):
    """Return effects, variances and a design with one moderator."""
    draw = np.random.default_rng(seed)
    v = draw.uniform(0.05, 0.35, k) ** 2
    trait = draw.normal(size=k)
    y = -0.2 + 0.1 * trait + draw.normal(0, np.sqrt(v + 0.04))
    return y, v, np.column_stack((np.ones(k), trait))


def log_likelihood(tau2, y, v, x, *, is_restricted):
    """Return the (restricted) log-likelihood from the full covariance matrix, SVD and all."""
    total = np.diag(v + tau2)
    if is_restricted:
        contrasts = scipy.linalg.null_space(x.T)
        y, total = contrasts.T @ y, contrasts.T @ total @ contrasts
        return scipy.stats.multivariate_normal.logpdf(y, np.zeros(len(y)), total)
    inverse = np.linalg.inv(total)
    beta = np.linalg.solve(x.T @ inverse @ x, x.T @ inverse @ y)
    return scipy.stats.multivariate_normal.logpdf(y, x @ beta, total)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("method", "is_restricted"), [("REML", True), ("ML", False)])
@pytest.mark.parametrize("columns", [1, 2])
def test_tau2_maximises_the_likelihood_of_error_contrasts(seed, method, is_restricted, columns):
    """EVI-152: REML is the likelihood of contrasts that do not see the mean (Patterson 1971)."""
    y, v, design = studies(seed)
    x = design[:, :columns]
    found = fit_random_effects(y, v, x, method=method).tau2
    best = scipy.optimize.minimize_scalar(
        lambda t: -log_likelihood(t, y, v, x, is_restricted=is_restricted),
        bounds=(0, 2),
        method="bounded",
        options={"xatol": 1e-12},
    )
    assert found == pytest.approx(best.x, abs=2e-6)


@pytest.mark.parametrize("seed", SEEDS)
def test_moment_estimators_meet_their_moments(seed):
    """DL and PM: what Q is expected to be, by adding up pairs instead of weights."""
    y, v, _ = studies(seed)

    def q(w):
        pairs = itertools.combinations(range(len(y)), 2)
        return sum(w[i] * w[j] * (y[i] - y[j]) ** 2 for i, j in pairs) / w.sum()

    w = 1 / v
    by_hand = max(0.0, (q(w) - (len(y) - 1)) / (w.sum() - (w**2).sum() / w.sum()))
    assert fit_random_effects(y, v, method="DL").tau2 == pytest.approx(by_hand, rel=1e-9)
    paule_mandel = fit_random_effects(y, v, method="PM").tau2
    # where even τ² = 0 leaves less than is expected, it stays there
    assert q(1 / (v + paule_mandel)) == pytest.approx(min(len(y) - 1, q(w)), abs=1e-6)
    for tau2, p in zip(tau2_interval(y, v), (0.975, 0.025), strict=True):
        wanted = min(scipy.stats.chi2.ppf(p, len(y) - 1), q(w))
        assert q(1 / (v + tau2)) == pytest.approx(wanted, abs=1e-6)


@pytest.mark.parametrize("seed", SEEDS)
def test_fair_values_are_the_posterior_means_of_the_towns(seed):
    """EVI-159: from the joint normal law of all towns, with μ known only up to its estimate."""
    y, v, _ = studies(seed)
    fit = fit_random_effects(y, v)
    k, mean = len(y), float(fit.coefficients[0])
    between = fit.tau2 * np.eye(k)
    by_hand = mean + between @ np.linalg.inv(between + np.diag(v)) @ (y - mean)
    assert shrunken_values(fit, y, v) == pytest.approx(by_hand, rel=1e-9)


def by_integration(y, x, c, phis, probability):
    """Return a quantile of c'β: β is averaged in closed form, φ and σ by plain sums."""
    lag = np.abs(np.subtract.outer(np.arange(len(y)), np.arange(len(y))))
    start = np.std(y - x @ np.linalg.lstsq(x, y, rcond=None)[0])
    sigmas = np.exp(np.linspace(math.log(start / 6), math.log(start * 6), 500))
    weights, centres, scales = [], [], []
    for phi in phis:
        inverse = np.linalg.inv(phi**lag / (1 - phi**2))
        information = x.T @ inverse @ x
        beta = np.linalg.solve(information, x.T @ inverse @ y)
        rss = (y - x @ beta) @ inverse @ (y - x @ beta)
        spread = math.sqrt(c @ np.linalg.solve(information, c))
        half = 0.5 * np.linalg.slogdet(inverse)[1] - 0.5 * np.linalg.slogdet(information)[1]
        # prior 1/σ, in steps of log σ; likelihood of n − p contrasts
        logs = half - (len(y) - len(c)) * np.log(sigmas) - rss / (2 * sigmas**2)
        weights.append(logs)
        centres.append(np.full(len(sigmas), c @ beta))
        scales.append(sigmas * spread)
    density = np.exp(np.concatenate(weights) - np.max(weights))
    density /= density.sum()
    middle, width = np.concatenate(centres), np.concatenate(scales)
    return scipy.optimize.brentq(
        lambda q: density @ scipy.special.ndtr((q - middle) / width) - probability, -20, 20
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_the_averaged_interval_is_the_posterior_of_the_plain_model(seed):
    """EVI-123: normal errors with covariance φ^|i−j|, prior 1/σ, by sums over φ and σ."""
    draw = np.random.default_rng(seed)
    n, after = 30, np.arange(30) >= 18
    x = np.column_stack((np.ones(n), np.arange(n) / n, after))
    errors = scipy.signal.lfilter([1], [1, -0.4], draw.normal(0, 0.1, n))
    y = x @ np.array([2.0, 0.3, -0.25]) + errors
    c = np.array([0.0, 0.0, 1.0])
    found = phi_averaged(y, x, c)
    phis = np.linspace(-0.50, 0.95, 59)
    for got, probability in ((found.low, 0.025), (found.estimate, 0.5), (found.high, 0.975)):
        assert got == pytest.approx(by_integration(y, x, c, phis, probability), abs=2e-4)


@pytest.mark.parametrize("seed", SEEDS)
def test_weights_of_a_synthetic_control_beat_every_subset_of_donors(seed):
    """EVI-141: the best mixture, found by trying all sets of donors that may carry it."""
    draw = np.random.default_rng(seed)
    donors = draw.normal(5, 1, (5, 1)) + 0.3 * draw.normal(size=(5, 20))
    treated = donors[:3].mean(axis=0) + 0.1 * draw.normal(size=20)
    n_pre = 14
    best, mixture = math.inf, np.zeros(5)
    for size in range(1, 6):
        for chosen in itertools.combinations(range(5), size):
            rows = donors[list(chosen), :n_pre]
            # the constrained least squares of this set: bordered normal equations
            border = np.block([[rows @ rows.T, np.ones((size, 1))], [np.ones((1, size)), 0]])
            w = np.linalg.lstsq(border, np.append(rows @ treated[:n_pre], 1), rcond=None)[0][:size]
            misfit = float(((treated[:n_pre] - w @ rows) ** 2).sum())
            if (w >= -1e-12).all() and misfit < best - 1e-15:
                best, mixture = misfit, np.zeros(5)
                mixture[list(chosen)] = w
    found = synthetic_control(np.vstack((treated, donors)), n_pre)
    assert found.weights == pytest.approx(mixture, abs=1e-6)
    assert found.pre_rmspe == pytest.approx(math.sqrt(best / n_pre), rel=1e-7)


@pytest.mark.parametrize("seed", SEEDS)
def test_asymmetry_by_regression_and_by_counting_pairs(seed):
    """EVI-175: Egger's t from an ordinary regression of z on precision, Kendall by pairs."""
    y, v, _ = studies(seed, k=11)
    found = egger(y, v)
    line = scipy.stats.linregress(1 / np.sqrt(v), y / np.sqrt(v))
    assert found.t == pytest.approx(line.intercept / line.intercept_stderr, rel=1e-9)
    w = 1 / v
    z = (y - w @ y / w.sum()) / np.sqrt(v - 1 / w.sum())
    pairs = [
        np.sign(z[i] - z[j]) * np.sign(v[i] - v[j])
        for i, j in itertools.combinations(range(len(y)), 2)
    ]
    assert found.kendall == pytest.approx(sum(pairs) / len(pairs), rel=1e-12)


def test_the_fail_safe_number_by_adding_one_null_result_after_the_other():
    """EVI-174, with limits of a search of the likelihood itself."""
    y, v = np.array([-0.31, -0.22, -0.27, -0.35]), np.array([0.01, 0.008, 0.012, 0.009])
    for m in range(1, 200):
        filled = np.append(v, np.full(m, np.median(v)))
        values = np.append(y, np.zeros(m))
        x = np.ones((len(values), 1))
        tau2 = scipy.optimize.minimize_scalar(
            lambda t, y=values, v=filled, x=x: -log_likelihood(t, y, v, x, is_restricted=True),
            bounds=(0, 1), method="bounded", options={"xatol": 1e-12},
        ).x  # fmt: skip
        w = 1 / (filled + tau2)
        mean = w @ values / w.sum()
        s2 = max(1.0, w @ (values - mean) ** 2 / (len(values) - 1))
        if mean + scipy.stats.t.ppf(0.975, len(values) - 1) * math.sqrt(s2 / w.sum()) >= 0:
            break
    assert failsafe_number(y, v) == m


def test_the_chance_to_pay_is_the_share_of_draws_that_pay():
    """Portfolio 9.2: P(KN > 0) by drawing effects and adding up five years."""
    draw = np.random.default_rng(5)
    weights = np.array([0.2, 0.5, 0.3])
    law = Mixture(weights, np.array([-0.30, -0.22, -0.15]), np.array([0.05, 0.06, 0.08]), 11)
    part = draw.choice(3, p=weights, size=400_000)
    theta = law.centres[part] + law.scales[part] * draw.standard_t(11, size=len(part))
    saved = 20_000 * (1 - np.exp(theta)) - 2_600
    value = -4_000 + sum(saved / 1.009**year for year in range(1, 6))
    annuity = sum(1.009**-year for year in range(1, 6))
    bridge = Bridge(-4_000 - 2_600 * annuity, 20_000, annuity)
    assert bridge.probability(law) == pytest.approx((value > 0).mean(), abs=0.003)
