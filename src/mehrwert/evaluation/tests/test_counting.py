"""Months of zero: a count model, else quarters, else the refusal with its reason (decisions 33)."""

import numpy as np
import pytest
import scipy

from mehrwert.evaluation.rules import Data, MonthlySeries, estimate
from mehrwert.evaluation.rules.series_model import quarters
from mehrwert.stats.series import PhiRules, linearised, phi_averaged, segmented_design

from .test_rules import FIRST, plan_of, verdicts

PRE, POST = 30, 18


def counts(values):
    return Data(MonthlySeries(np.arange(FIRST, FIRST + len(values)), np.asarray(values, float)))


def drawn(seed=1, mean=3.0, effect=0.0, memory=0.0):
    """Draw counts with zeros; ``memory`` lets the rate wander."""
    rng = np.random.default_rng(seed)
    u = np.zeros(PRE + POST)
    for t in range(1, len(u)):
        u[t] = memory * u[t - 1] + (rng.normal() if memory else 0.0)
    after = np.arange(len(u)) >= PRE
    return rng.poisson(mean * np.exp(u + effect * after))


def fitted(values):
    """Fit quasi-Poisson by another method: design, contrast, coefficients, covariance."""
    t = np.arange(1.0, len(values) + 1)
    x, c = segmented_design(t, PRE, harmonics=2)
    scaled = x / np.abs(x).max(axis=0)

    def loss(b):
        return float(np.exp(scaled @ b).sum() - values @ (scaled @ b))

    found = scipy.optimize.minimize(loss, np.zeros(x.shape[1]), method="BFGS", tol=1e-12)
    beta = found.x / np.abs(x).max(axis=0)
    mean = np.exp(x @ beta)
    dispersion = ((values - mean) ** 2 / mean).sum() / (len(values) - x.shape[1])
    return x, c, beta, dispersion * np.linalg.inv(x.T @ (x * mean[:, None]))


def test_months_of_zero_are_judged_by_the_count_model_averaged_over_phi():
    """EVI-122, EVI-123: the law is that of AR(1) on the working values, computed by hand here."""
    values = drawn(effect=-0.7)
    outcome = estimate(counts(values), plan_of(PRE, POST))
    assert (values == 0).any()
    assert verdicts(outcome)["count_model"] == "passed"
    assert (outcome.status, outcome.choice.design) == ("estimated", "its")
    x, c, beta, _ = fitted(values)
    mean = np.exp(x @ beta)
    working = np.sqrt(mean) * (x @ beta + (values - mean) / mean)
    by_hand = phi_averaged(working, np.sqrt(mean)[:, None] * x, c)
    effect = outcome.effect
    assert effect.theta == pytest.approx(by_hand.estimate, abs=1e-5)
    assert (effect.low, effect.high) == pytest.approx((by_hand.low, by_hand.high), abs=1e-5)
    assert outcome.line.observed.min() == 0.0
    assert {u.code for u in outcome.choice.unmet} == {"zeros"}


def test_without_memory_the_average_is_the_count_model_itself():
    """At φ = 0 estimate and interval are those of a likelihood minimised by another method."""
    values = drawn(effect=-0.7)
    x, c, beta, covariance = fitted(values)
    still = PhiRules(low=0.0, high=0.0, points=1)
    found = phi_averaged(*linearised(values, x), c, rules=still)
    half = scipy.stats.t.ppf(0.975, len(values) - x.shape[1]) * np.sqrt(c @ covariance @ c)
    assert found.estimate == pytest.approx(c @ beta, abs=1e-5)
    assert (found.low, found.high) == pytest.approx((c @ beta - half, c @ beta + half), abs=1e-5)


def test_months_that_hang_together_are_judged_by_quarters():
    values = drawn(seed=0, mean=3.0, memory=0.8)
    outcome = estimate(counts(values), plan_of(PRE, POST))
    assert (values == 0).any()
    found = verdicts(outcome)
    assert found["count_quarters"] == "flagged"
    assert "count_model" not in found
    whole = quarters(counts(values).own, FIRST + PRE)
    assert (len(whole.months), bool((whole.values > 0).all())) == (16, True)
    assert whole.values[0] == pytest.approx(values[:3].mean())


def test_quarters_never_straddle_the_start():
    series = MonthlySeries(np.arange(FIRST, FIRST + 20), np.arange(20.0))
    whole = quarters(series, FIRST + 7)
    assert (whole.months - FIRST).tolist() == [2, 5, 8, 11, 14, 17]
    assert whole.values.tolist() == [2.0, 5.0, 8.0, 11.0, 14.0, 17.0]
    gap = MonthlySeries(np.delete(series.months, 4), np.delete(series.values, 4))
    assert (quarters(gap, FIRST + 7).months - FIRST).tolist() == [2, 8, 11, 14, 17]


def test_quarters_use_the_same_law_with_one_step_a_quarter():
    """The interval is that of the φ-averaged model on 40 quarters, computed by hand here."""
    rng = np.random.default_rng(5)
    rate = np.repeat(np.exp(1 + 0.5 * rng.normal(size=40)), 3)
    values = rng.poisson(rate)
    outcome = estimate(counts(values), plan_of(60, 60))
    assert (values == 0).any()
    assert verdicts(outcome)["count_quarters"] == "flagged"
    whole = quarters(counts(values).own, FIRST + 60)
    x, c = segmented_design(whole.months - FIRST + 1.0, 60, harmonics=1)
    by_hand = phi_averaged(np.log(whole.values), x, c)
    assert outcome.choice.design == "its"
    assert outcome.effect.theta == pytest.approx(by_hand.estimate)
    assert (outcome.effect.low, outcome.effect.high) == pytest.approx((by_hand.low, by_hand.high))


def test_zeros_even_in_quarters_are_refused_with_the_reason():
    values = np.repeat([0, 0, 4, 4], 12)
    outcome = estimate(counts(values), plan_of(PRE, POST))
    assert (outcome.status, verdicts(outcome)["count_quarters"]) == ("refused", "refused")


def test_a_side_without_any_event_is_refused():
    values = np.concatenate((np.full(PRE, 2), np.zeros(POST)))
    outcome = estimate(counts(values), plan_of(PRE, POST))
    assert (outcome.status, outcome.effect) == ("refused", None)


def test_a_declared_count_without_zeros_has_the_count_model_beside_it():
    """EVI-122: a companion, not the headline."""
    values = drawn(mean=6_000.0, effect=-0.3)
    with_it = estimate(counts(values), plan_of(PRE, POST, is_count=True))
    alone = estimate(counts(values), plan_of(PRE, POST))
    check = next(check for check in with_it.checks if check.code == "count_companion")
    assert with_it.effect.theta == alone.effect.theta
    assert check.value == pytest.approx(with_it.effect.theta, abs=0.02)
    assert check.data["low"] <= check.data["mid"] <= check.data["high"] < 0


def test_twice_as_much_of_what_counts_are_taken_on_is_no_effect():
    """EVI-43: twice the traffic, twice the accidents; with and without months of zero."""
    months = np.arange(FIRST, FIRST + PRE + POST)
    traffic = 1000.0 * (1 + (months >= FIRST + PRE)) * (1 + 0.1 * (months % 3))
    plan = plan_of(PRE, POST, is_count=True)
    for mean, code in ((40.0, "count_companion"), (2.0, "count_model")):
        drawn_now = np.random.default_rng(10).poisson(mean * traffic / 1000.0)
        own, base = (MonthlySeries(months, np.asarray(v, float)) for v in (drawn_now, traffic))
        raw = estimate(Data(own), plan)
        fair = estimate(Data(own, exposure=base), plan)
        assert raw.effect.low > 0
        assert fair.effect.low < 0 < fair.effect.high
        assert {"exposure", code} <= set(verdicts(fair))


def test_the_exposure_enters_as_an_offset():
    """EVI-43: the same as quasi-Poisson with log exposure, fitted by another method."""
    months = np.arange(FIRST, FIRST + PRE + POST)
    traffic = 800.0 + 10.0 * np.arange(len(months))
    values = np.random.default_rng(12).poisson(2.0 * traffic / 1000.0)
    assert (values == 0).any()
    base = MonthlySeries(months, traffic)
    outcome = estimate(Data(MonthlySeries(months, values.astype(float)), exposure=base),
                       plan_of(PRE, POST))  # fmt: skip
    t = np.arange(1.0, len(values) + 1)
    x, c = segmented_design(t, PRE, harmonics=2)
    scale, offset = np.abs(x).max(axis=0), np.log(traffic)

    def loss(b):
        eta = x / scale @ b + offset
        return float(np.exp(eta).sum() - values @ eta)

    start = np.zeros(x.shape[1])
    start[0] = np.log(values.mean() / traffic.mean())
    beta = scipy.optimize.minimize(loss, start, method="BFGS", tol=1e-12).x / scale
    mean = np.exp(x @ beta + offset)
    working = np.sqrt(mean) * (x @ beta + (values - mean) / mean)
    by_hand = phi_averaged(working, np.sqrt(mean)[:, None] * x, c)
    effect = outcome.effect
    assert (effect.theta, effect.low, effect.high) == pytest.approx(
        (by_hand.estimate, by_hand.low, by_hand.high), abs=2e-5
    )


def test_months_without_exposure_do_not_count():
    months = np.arange(FIRST, FIRST + PRE + POST)
    values = np.random.default_rng(3).poisson(30.0, len(months)).astype(float)
    base = MonthlySeries(months[2:], np.ones(len(months) - 2))
    found = estimate(Data(MonthlySeries(months, values), exposure=base), plan_of(PRE, POST))
    assert found.n_pre == PRE - 2
