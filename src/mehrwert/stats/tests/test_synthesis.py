"""Random effects against published numbers (metafor, bayesmeta) and properties."""

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from scipy import optimize, stats

from mehrwert.stats.arrays import StatisticsError
from mehrwert.stats.synthesis import (
    Prior,
    average_within,
    bounds_for_missing,
    egger,
    failsafe_number,
    fit_random_effects,
    heterogeneity,
    is_outside_experience,
    permutation_p,
    predict,
    shrunken_values,
    tau2_interval,
    tau_averaged,
)

from .data import COLLINS, RAUDENBUSH, SCHOOLS, bcg

TIGHT = 2e-5


def near(got, want, tolerance=TIGHT):
    assert np.asarray(got, float) == pytest.approx(np.asarray(want, float), abs=tolerance, rel=0)


def test_tc00_effects_and_variances_of_the_vaccine_trials():
    y, v, _ = bcg()
    near([y[0], v[0], y[7], v[7]], [-0.889311, 0.325585, 0.011952, 0.003962])


def test_tc01_reml_with_wald_interval():
    y, v, _ = bcg()
    fit = fit_random_effects(y, v, variance="wald")
    got = [fit.tau2, fit.coefficients[0], fit.standard_errors[0], fit.low[0], fit.high[0], fit.q]
    near(got, [0.313243, -0.714532, 0.179782, -1.066898, -0.362167, 152.23301])


@pytest.mark.parametrize(
    ("method", "tau2", "mean", "error"),
    [
        ("FE", 0, -0.430285, 0.040499),
        ("DL", 0.308760, -0.714117, 0.178742),
        ("ML", 0.280028, -0.711199, 0.171897),
        ("PM", 0.318068, -0.714968, 0.180892),
    ],
)
def test_tc01b_other_estimators(method, tau2, mean, error):
    y, v, _ = bcg()
    fit = fit_random_effects(y, v, method=method, variance="wald")
    near([fit.tau2, fit.coefficients[0], fit.standard_errors[0]], [tau2, mean, error])


def test_tc02_tc03_heterogeneity_and_its_interval():
    y, v, _ = bcg()
    fit = fit_random_effects(y, v)
    found = heterogeneity(fit.tau2, fit.typical_variance)
    near([found.i2, found.h2], [92.2214, 12.8558], 1e-4)
    low, high = tau2_interval(y, v)
    near([low, high], [0.119718, 1.111479])
    bounds = [heterogeneity(t, fit.typical_variance).i2 for t in (low, high)]
    near(bounds, [81.9206, 97.6781], 1e-4)


def test_tc04_hartung_knapp_and_prediction():
    y, v, _ = bcg()
    fit = fit_random_effects(y, v)
    at_mean = predict(fit, [1])
    near(
        [fit.standard_errors[0], at_mean.low, at_mean.high, at_mean.new_low, at_mean.new_high],
        [0.180792, -1.108444, -0.320621, -1.996017, 0.566952],
    )
    wald = predict(fit_random_effects(y, v, variance="wald"), [1])
    near([wald.new_low, wald.new_high], [-1.866692, 0.437628])


@pytest.mark.parametrize(
    ("variance", "low", "high"),
    [
        ("wald", -0.349588, -0.053269),
        ("hartung_knapp", -0.220866, -0.181991),
        ("hartung_knapp_floor", -0.526679, 0.123821),
    ],
)
def test_tc05_the_floor_keeps_three_alike_studies_honest(variance, low, high):
    fit = fit_random_effects([-0.2, -0.21, -0.19], [0.01, 0.02, 0.04], variance=variance)
    near([fit.tau2, fit.low[0], fit.high[0]], [0, low, high])


def test_tc05b_two_studies():
    fit = fit_random_effects([-0.3, 0.1], [0.01, 0.02], variance="hartung_knapp")
    near(
        [fit.tau2, fit.coefficients[0], fit.standard_errors[0], fit.low[0], fit.high[0]],
        [0.065, -0.1125, 0.199609, -2.648773, 2.423773],
    )


def test_tc06_tc07_tc08_regression_forecast_and_leverage():
    y, v, latitude = bcg()
    x = np.column_stack((np.ones(13), latitude))
    fit = fit_random_effects(y, v, x)
    near(
        [fit.tau2, *fit.coefficients, *fit.standard_errors, fit.q],
        [0.076348, 0.251468, -0.029102, 0.283925, 0.008201, 30.73309],
    )
    wald = fit_random_effects(y, v, x, variance="wald")
    near(wald.standard_errors, [0.249095, 0.007195])
    for where, want in (
        (30, [-0.621584, -0.889828, -0.353339, -1.286272, 0.043105]),
        (50, [-1.203618, -1.634228, -0.773008, -1.948789, -0.458447]),
    ):
        at = predict(fit, [1, where])
        near([at.mean, at.low, at.high, at.new_low, at.new_high], want)
    assert [is_outside_experience(fit, [1, q]) for q in (30, 60, 70)] == [False, True, True]


def test_tc07b_averaged_forecast_at_traits():
    y, v, latitude = bcg()
    x = np.column_stack((np.ones(13), latitude))
    near(tau_averaged(y, v, x, [1, 30]).new, [-0.60978, -1.39835, 0.12069], 1e-4)
    near(tau_averaged(y, v, x, [1, 50]).new, [-1.19295, -2.02219, -0.38673], 1e-4)


def test_tc09_single_values():
    y, v, _ = bcg()
    fit = fit_random_effects(y, v)
    near(shrunken_values(fit, y, v)[[0, 3, 7]], [-0.80023, -1.39790, 0.00288])


def upper_end_by_search(y, v):
    """Return the upper end of the interval with τ² from a search of the likelihood itself."""

    def minus_likelihood(tau2):
        w = 1 / (v + tau2)
        rest = y - w @ y / w.sum()
        return -0.5 * (np.log(w).sum() - np.log(w.sum()) - w @ rest**2)

    tau2 = optimize.minimize_scalar(
        minus_likelihood, bounds=(0, 2), method="bounded", options={"xatol": 1e-12}
    ).x
    w = 1 / (v + tau2)
    mean = w @ y / w.sum()
    s2 = max(1.0, w @ (y - mean) ** 2 / (len(y) - 1))
    return mean + stats.t.ppf(0.975, len(y) - 1) * np.sqrt(s2 / w.sum())


def test_tc10_fail_safe_number_of_converged_fits():
    y, v, _ = bcg()
    found = failsafe_number(y, v)
    assert found == 1058
    for missing, includes_zero in ((102, False), (found - 1, False), (found, True)):
        (null, filled), _ = bounds_for_missing(y, v, missing=missing, sesoi=0.0)
        assert bool(upper_end_by_search(null, filled) >= 0) == includes_zero


def test_tc11_egger_in_both_forms():
    y, v, _ = bcg()
    found = egger(y, v)
    near(
        [found.z, found.p, found.limit, found.t, found.p_weighted],
        [-0.8033, 0.4218, -0.5104, -1.4013, 0.1887],
        1e-4,
    )
    near([found.kendall, found.p_kendall], [0.0256, 0.9524], 1e-4)
    with pytest.raises(StatisticsError) as caught:
        egger(y[:9], v[:9])
    assert caught.value.code == "too_few"


def test_tc12_averaged_forecast_and_sensitivity():
    y, v, _ = bcg()
    found = tau_averaged(y, v)
    near(found.tau, [0.5538, 0.3455, 0.9019], 1e-4)
    near(found.mean, [-0.70915, -1.0912, -0.3470], 1e-4)
    near(found.new, [-0.70844, -1.95811, 0.51725], 1e-4)
    near([found.p_mean_better, found.p_new_better], [0.99962, 0.88609], 1e-4)
    near(found.new, [-0.70833, -1.96066, 0.51952], 4e-3)
    near(tau_averaged(y, v, prior=Prior(scale=0.25)).new[1:], [-1.7341, 0.3152], 1e-4)
    near(tau_averaged(y, v, prior=Prior(scale=1.0)).new[1:], [-2.0792, 0.6300], 1e-4)


@pytest.mark.parametrize(
    ("y", "v", "mean", "new"),
    [
        (
            [-0.2, -0.21, -0.19],
            [0.01, 0.02, 0.04],
            [-0.2012, -0.5075, 0.1064],
            [-0.2013, -0.7658, 0.3649],
        ),
        ([-0.3, 0.1], [0.01, 0.02], [-0.1222, -0.8039, 0.5981], [-0.1251, -1.2995, 1.0939]),
        (bcg()[0][:4], bcg()[1][:4], [-1.4014, -1.8528, -0.8833], [-1.4053, -2.2032, -0.5201]),
    ],
)
def test_tc12b_few_studies(y, v, mean, new):
    found = tau_averaged(y, v)
    near(found.mean, mean, 1e-4)
    near(found.new, new, 1e-4)


def test_tc13_raudenbush_with_and_without_moderator():
    y, v, weeks = RAUDENBUSH.T
    wald, fit = fit_random_effects(y, v, variance="wald"), fit_random_effects(y, v)
    at = predict(wald, [1])
    near(
        [wald.tau2, wald.coefficients[0], wald.standard_errors[0], wald.q, at.new_low, at.new_high],
        [0.018818, 0.083701, 0.051641, 35.8295, -0.203586, 0.370988],
        5e-5,
    )
    at = predict(fit, [1])
    near(
        [fit.standard_errors[0], fit.low[0], fit.high[0], at.new_low, at.new_high],
        [0.061579, -0.045672, 0.213075, -0.232209, 0.399611],
        5e-5,
    )
    near(tau2_interval(y, v), [0.005862, 0.197701], 5e-5)
    x = np.column_stack((np.ones(19), np.minimum(weeks, 3)))
    moderated = fit_random_effects(y, v, x, variance="wald")
    near(
        [moderated.tau2, *moderated.coefficients, *moderated.standard_errors, moderated.q],
        [0, 0.407185, -0.157244, 0.087038, 0.035831, 16.570825],
    )


def test_tc14_collins():
    y, v = COLLINS.T
    taus = [fit_random_effects(y, v, method=m).tau2 for m in ("DL", "ML", "REML", "SJ")]
    near(taus, [0.2297, 0.2386, 0.3008, 0.4563], 5e-5)
    wald, fit = fit_random_effects(y, v, variance="wald"), fit_random_effects(y, v)
    near(
        [wald.coefficients[0], wald.standard_errors[0], wald.q], [-0.51810, 0.22364, 27.2649], 5e-4
    )
    near(tau2_interval(y, v), [0.07231, 2.20272], 5e-4)
    near([fit.low[0], fit.high[0]], [-1.07348, 0.03727], 5e-4)


def test_tc15_other_priors_on_the_same_grid_code():
    y, s = SCHOOLS.T
    prior = Prior(scale=25, shape="half_cauchy", mean_sd=50, points=40_001, reach=16)
    found = tau_averaged(y, s**2, prior=prior)
    low, high = found.mean_law.interval(0.95)
    got = [found.tau[0], found.mean_law.mean(), found.mean_law.sd(), low, high]
    near(got, [4.76, 7.99, 5.00, -1.76, 17.88], 0.02)


def test_latitude_moderates_more_than_chance_would():
    """EVI-162: the recorded seed gives the recorded p."""
    y, v, latitude = bcg()
    x = np.column_stack((np.ones(13), latitude))
    p = permutation_p(y, v, x, column=1, draws=199, seed=7)
    assert p == permutation_p(y, v, x, column=1, draws=199, seed=7)
    assert p <= 0.03


def test_few_municipalities_are_permuted_exactly():
    y, v, _ = bcg()
    x = np.column_stack((np.ones(5), [1.0, 2.0, 3.0, 4.0, 5.0]))
    p = permutation_p(y[:5], v[:5], x, column=1)
    assert p * 120 == pytest.approx(round(p * 120))
    assert p == permutation_p(y[:5], v[:5], x, column=1, seed=9)


def test_rows_of_one_municipality_are_averaged_with_full_correlation():
    keys, y, v = average_within(["b", "a", "b"], [1.0, 5.0, 3.0], [0.04, 0.09, 0.16])
    assert keys == ["a", "b"]
    near(y, [5.0, 2.0])
    near(v, [0.09, 0.09])


def test_missing_results_enter_as_nothing_and_as_harm():
    (null, v), (bad, _) = bounds_for_missing([-0.3, -0.2], [0.01, 0.03], missing=2, sesoi=0.05)
    near(null, [-0.3, -0.2, 0, 0])
    near(bad, [-0.3, -0.2, 0.05, 0.05])
    near(v, [0.01, 0.03, 0.02, 0.02])


def test_one_study_is_forecast_by_the_prior_but_not_fitted():
    found = tau_averaged([-0.2], [0.01])
    assert found.new[1] < found.mean[1] < -0.2 < found.mean[2] < found.new[2]
    with pytest.raises(StatisticsError):
        fit_random_effects([-0.2], [0.01])


@pytest.mark.parametrize("v", [[0.1, 0.0], [0.1, -1.0], [0.1], [0.1, float("nan")]])
def test_variances_that_are_none_are_refused(v):
    with pytest.raises(StatisticsError):
        fit_random_effects([1.0, 2.0], v)


studies = st.lists(
    st.tuples(st.floats(-2, 2), st.floats(0.001, 1)), min_size=3, max_size=12, unique=True
)


@settings(max_examples=40, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(studies, st.integers(0, 2**32 - 1), st.floats(0.2, 5))
def test_order_changes_nothing_scaling_scales_and_the_floor_holds(rows, seed, scale):
    y, v = np.array(rows).T
    fit = fit_random_effects(y, v)
    again = fit_random_effects(*np.random.default_rng(seed).permutation(rows).T)
    scaled = fit_random_effects(y * scale, v * scale**2)
    wald = fit_random_effects(y, v, variance="wald")
    assert fit.tau2 >= 0
    assert again.coefficients[0] == pytest.approx(fit.coefficients[0], abs=1e-6)
    assert scaled.coefficients[0] == pytest.approx(scale * fit.coefficients[0], abs=1e-5)
    assert scaled.tau2**0.5 == pytest.approx(scale * fit.tau2**0.5, abs=1e-4)
    assert fit.standard_errors[0] >= wald.standard_errors[0] - 1e-12
