"""Interrupted series against the golden numbers of the specification, and properties."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mehrwert.stats.arrays import StatisticsError
from mehrwert.stats.laws import t_quantile
from mehrwert.stats.series import (
    Impact,
    PhiRules,
    autocorrelation,
    contrast,
    count_effect,
    hedges_d,
    linearised,
    phi_averaged,
    quasi_poisson,
    reml_ar1,
    segmented_design,
    to_log_ratio,
    whitened_residuals,
)

from .data import golden_counts, golden_panel, golden_series, pseudo


def near(got, want, tolerance=2e-5):
    assert np.asarray(got, float) == pytest.approx(np.asarray(want, float), abs=tolerance, rel=0)


def test_tc25_level_change_by_reml_and_averaged():
    t, y = golden_series()
    near([y[0], y[-1], y.sum()], [5.144338078, 5.186845681, 311.2158408], 1e-6)
    x, c = segmented_design(t, 36, harmonics=1)
    near(reml_ar1(y, x, c), [0.656060, -0.235907, 0.053077])
    found = phi_averaged(y, x, c)
    near(
        [found.estimate, found.low, found.high, found.se],
        [-0.236420, -0.345137, -0.129689, 0.054544],
    )
    assert found.is_identified
    assert found.p_below_zero > 0.999


def test_tc25_level_and_slope_over_the_first_year():
    t, y = golden_series()
    x, c = segmented_design(t, 36, impact=Impact("level_slope"), harmonics=1)
    assert c[2:4].tolist() == [1.0, 6.5]
    near(reml_ar1(y, x, c)[1:], [-0.253913, 0.053649])
    found = phi_averaged(y, x, c)
    near([found.estimate, found.low, found.high], [-0.254765, -0.383117, -0.142607])


def test_tc24b_a_series_that_drifts_is_refused():
    t = np.arange(1, 61)
    y = np.cumsum(pseudo(t) - 0.5) - 0.3 * (t > 36)
    near([y[0], y.sum()], [0.421690, 39.400526])
    found = phi_averaged(y, *segmented_design(t, 36))
    near(found.phi, 0.908468)
    assert not found.is_identified


def test_tc19_controlled_series_on_the_panel():
    panel, t = golden_panel(), np.arange(1, 49)
    found = phi_averaged(panel[0] - panel[1:].mean(axis=0), *segmented_design(t, 30, harmonics=1))
    near(
        [found.estimate, found.low, found.high, found.se],
        [-0.198764, -0.212691, -0.184323, 0.007173],
    )


def test_tc17_counts_with_exposure():
    t, n, offset = golden_counts()
    assert (n[0], n[-1], n.sum()) == (51, 36, 2404)
    x, c = segmented_design(t, 36, harmonics=1)
    fit = quasi_poisson(n, x, offset)
    near(
        [c @ fit.coefficients, fit.standard_errors[2], fit.dispersion],
        [-0.090238, 0.1387, 2.928004],
    )
    with pytest.raises(StatisticsError):
        quasi_poisson(np.zeros(60), x, offset)


@pytest.mark.parametrize("phi", [0.0, 0.4])
def test_counts_with_exposure_are_averaged_as_by_the_full_covariance(phi):
    """EVI-43: TC17 at φ = 0; at another φ generalised least squares from the full matrix."""
    t, n, offset = golden_counts()
    x, c = segmented_design(t, 36, harmonics=1)
    rules = PhiRules(low=phi, high=phi, points=1)
    y, rows = linearised(n, x, offset=offset)
    found = phi_averaged(y, rows, c, months=t, rules=rules)
    inverse = np.linalg.inv(phi ** np.abs(np.subtract.outer(t, t)))
    information = rows.T @ inverse @ rows
    beta = np.linalg.solve(information, rows.T @ inverse @ y)
    rest = y - rows @ beta
    s2 = rest @ inverse @ rest / (60 - x.shape[1])
    half = t_quantile(0.975, 60 - x.shape[1]) * np.sqrt(s2 * (c @ np.linalg.solve(information, c)))
    near(
        [found.estimate, found.low, found.high], [c @ beta, c @ beta - half, c @ beta + half], 1e-8
    )
    if phi == 0.0:
        near(found.estimate, -0.090238)
        near(half / t_quantile(0.975, 60 - x.shape[1]), 0.1387)
        alone, _ = count_effect(n, x, c, offset=offset)
        near([alone.low, alone.high], [found.low, found.high], 1e-8)


def test_tc16_from_a_difference_to_a_log_ratio():
    near(to_log_ratio(100, -20, var_counterfactual=16, var_difference=25), [-0.223144, 0.00400625])
    with pytest.raises(StatisticsError):
        to_log_ratio(10, -10, var_counterfactual=1, var_difference=1)


def test_hedges_d_is_corrected_for_small_samples():
    assert hedges_d(2.0, 4.0, 12) == pytest.approx(0.5 * (1 - 3 / 43))
    with pytest.raises(StatisticsError):
        hedges_d(2.0, 0.0, 12)


@pytest.mark.parametrize(
    ("shape", "after", "want"),
    [
        ("level", 30, [1]),
        ("ramp", 30, [1]),
        ("level_slope", 30, [1, 6.5]),
        ("level_slope", 5, [1, 3]),
    ],
)
def test_the_contrast_is_the_mean_of_the_first_months(shape, after, want):
    assert contrast(shape, after).tolist() == want


def test_a_ramp_rises_and_stays():
    x, _ = segmented_design(np.arange(1, 11), 4, impact=Impact("ramp", 3), trend=False)
    near(x[:, 1], [0, 0, 0, 0, 1 / 3, 2 / 3, 1, 1, 1, 1], 1e-12)


def test_a_series_without_a_side_is_refused():
    with pytest.raises(StatisticsError):
        segmented_design(np.arange(1, 11), 10)


def exact_likelihood(y, x, months, phi):
    """REML likelihood from the full covariance matrix: an independent computation."""
    distance = np.abs(np.subtract.outer(months, months))
    covariance = phi**distance / (1 - phi * phi)
    inverse = np.linalg.inv(covariance)
    information = x.T @ inverse @ x
    beta = np.linalg.solve(information, x.T @ inverse @ y)
    rest = y - x @ beta
    df = len(y) - x.shape[1]
    s2 = rest @ inverse @ rest / df
    logs = np.linalg.slogdet(covariance)[1] + np.linalg.slogdet(information)[1]
    return -0.5 * (df * np.log(s2) + logs), beta


@pytest.mark.parametrize("phi", [-0.4, 0.3, 0.8])
def test_gaps_are_treated_as_by_the_full_covariance_matrix(phi):
    from mehrwert.stats.series.ar1 import _at, _rows

    t, y = golden_series()
    kept = np.array([i for i in range(60) if i not in {5, 6, 20, 41, 42, 43}])
    x, _ = segmented_design(t[kept], 36)
    fit = _at(_rows(y[kept], x, t[kept]), np.array([phi]))
    likelihood, beta = exact_likelihood(y[kept], x, t[kept], phi)
    near(fit.beta[0], beta, 1e-9)
    assert fit.log_likelihood[0] == pytest.approx(likelihood, abs=1e-8)


def test_months_must_increase():
    t, y = golden_series()
    x, c = segmented_design(t, 36)
    with pytest.raises(StatisticsError):
        phi_averaged(y, x, c, months=t[::-1])


def test_a_perfect_line_is_refused_instead_of_being_certain():
    t = np.arange(1, 31)
    x, c = segmented_design(t, 15)
    with pytest.raises(StatisticsError) as caught:
        phi_averaged(2.0 + 0.0 * t, x, c)
    assert caught.value.code == "perfect_fit"


@settings(max_examples=25, deadline=None)
@given(st.lists(st.floats(-3, 3), min_size=5, max_size=5))
def test_adding_what_the_model_explains_shifts_the_interval_by_it(delta):
    t, y = golden_series()
    x, c = segmented_design(t, 36, harmonics=1)
    before = phi_averaged(y, x, c)
    after = phi_averaged(y + x @ np.array(delta), x, c)
    shift = float(c @ np.array(delta))
    near(
        [after.estimate, after.low, after.high],
        np.array([before.estimate, before.low, before.high]) + shift,
        1e-6,
    )


def test_whitening_takes_the_autocorrelation_out():
    t, y = golden_series()
    x, c = segmented_design(t, 36, harmonics=1)
    phi = reml_ar1(y, x, c)[0]
    raw = autocorrelation(whitened_residuals(y, x, 0.0), 1)
    white = autocorrelation(whitened_residuals(y, x, phi), 1)
    assert abs(white) < 0.2 < raw
    assert np.isnan(autocorrelation([1.0, -1.0], 5))
