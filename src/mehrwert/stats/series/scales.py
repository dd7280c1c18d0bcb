"""From natural units to the scales on which effects are pooled."""

import math

from ..arrays import StatisticsError


def to_log_ratio(
    counterfactual: float,
    difference: float,
    *,
    var_counterfactual: float,
    var_difference: float,
    covariance: float = 0.0,
) -> tuple[float, float]:
    """Return θ = ln(1 + δ/ĉ) and its variance (source: EVI-103, delta method).

    Raises:
        StatisticsError: ``not_positive``: a log ratio needs positive amounts on both sides.
    """
    with_solution = counterfactual + difference
    if counterfactual <= 0 or with_solution <= 0:
        raise StatisticsError("not_positive", "a log ratio needs positive amounts")
    by_difference = 1 / with_solution
    by_counterfactual = by_difference - 1 / counterfactual
    variance = (
        var_difference * by_difference**2
        + var_counterfactual * by_counterfactual**2
        + 2 * covariance * by_difference * by_counterfactual
    )
    return math.log(with_solution / counterfactual), variance


def hedges_d(difference: float, sd_pre: float, n_pre: int) -> float:
    """Return d = J·Δ/s_pre with J = 1 − 3/(4ν − 1), ν = n_pre − 1 (source: EVI-102).

    Raises:
        StatisticsError: ``too_few`` values before, or ``no_spread``.
    """
    df = n_pre - 1
    if df < 2:
        raise StatisticsError("too_few", "the spread before the start is unknown")
    if sd_pre <= 0:
        raise StatisticsError("no_spread", "the values before the start do not vary")
    return difference / sd_pre * (1 - 3 / (4 * df - 1))
