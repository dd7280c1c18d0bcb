"""What many municipalities know together: from findings to one record."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from mehrwert.stats.arrays import Array
from mehrwert.stats.direction import Direction, direction
from mehrwert.stats.effect_rules import EFFECTS, EffectRules
from mehrwert.stats.evidence_class import EvidenceClass, Pooled, Study, evidence_class
from mehrwert.stats.synthesis import (
    Fit,
    Prior,
    TauAveraged,
    average_within,
    bounds_for_missing,
    egger,
    failsafe_number,
    fit_random_effects,
    heterogeneity,
    predict,
    shrunken_values,
    tau2_interval,
    tau_averaged,
)

EQUAL_VARIANCES = 1e-6
SIZE_LIMITS = (5_000, 20_000, 100_000)


@dataclass(frozen=True, slots=True)
class Row:
    """One released finding with an estimate and its error; θ below 0 is better."""

    municipality: str
    theta: float
    se: float
    low: float
    high: float
    level: int
    passed: bool = True
    has_plan: bool = True
    is_proxy: bool = False
    population: int | None = None
    evaluator: str = ""


@dataclass(frozen=True, slots=True)
class PoolRegister:
    """What the register says of the pool."""

    planned: int = 0
    reported: int = 0
    overdue: int = 0
    not_measurable: int = 0


@dataclass(frozen=True, slots=True)
class Between:
    """How municipalities differ. All but ``sensitivity`` and ``shrunken`` need two of them.

    Attributes:
        classic: Classic prediction interval (low, high).
        sensitivity: (median, low, high) of a new municipality under other priors, by scale.
        shrunken: Fair single values in the order of ``Pool.municipalities``.
    """

    sensitivity: dict[str, tuple[float, float, float]]
    shrunken: tuple[float, ...]
    tau2: float | None = None
    tau2_low: float | None = None
    tau2_high: float | None = None
    i2: float | None = None
    classic: tuple[float, float] | None = None
    failsafe: int | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    """The mean (median, low, high) if overdue results were no effect, or harm of one SESOI."""

    null: tuple[float, float, float]
    bad: tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Pool:
    """The synthesis of k municipalities.

    Attributes:
        k: Municipalities.
        controlled: Those with a comparison (design level 3 or more).
        mean, new: (median, low, high) of the mean and of a new municipality.
        p_mean, p_new: Probability of being better.
        headline: ``tau_averaged``, ``hartung_knapp`` or ``single``.
        weights: By municipality, in the order of ``municipalities``.
        missing: What the mean would be with the overdue results, None when none is overdue.
    """

    k: int
    controlled: int
    municipalities: tuple[str, ...]
    mean: tuple[float, float, float]
    new: tuple[float, float, float]
    p_mean: float
    p_new: float
    direction: Direction
    evidence_class: EvidenceClass
    headline: str
    weights: tuple[float, ...]
    between: Between
    register: PoolRegister
    egger_p: float | None = None
    missing: Missing | None = None


@dataclass(frozen=True, slots=True)
class _Data:
    """One row per municipality, with what was fitted to them; ``fit`` needs two."""

    keys: list[str]
    y: Array
    v: Array
    averaged: TauAveraged
    fit: Fit | None


def pool(
    rows: Sequence[Row],
    *,
    sesoi: float,
    register: PoolRegister | None = None,
    has_log_scale: bool = True,
    rules: EffectRules = EFFECTS,
) -> Pool | None:
    """Pool findings, one row per municipality; None when there is nothing to pool.

    Source: spec evidence.md sections 9 and 11, decisions 35.
    """
    if not rows:
        return None
    counted = register or PoolRegister()
    data = _data(rows, rules)
    mean, headline = _headline(rows, data, rules)
    weights = _weights(data)
    missing = _missing(data, counted.overdue, sesoi, rules)
    found = _pooled(rows, data, mean, sesoi, counted, rules)
    found = replace(found, flips_at_zero=_flips(missing, mean, sesoi))
    found = replace(found, has_log_scale=has_log_scale)
    studies = _studies(rows, data.keys, weights)
    grade = evidence_class(studies, found, rules=rules.evidence_class)
    return Pool(
        k=found.k,
        controlled=len({row.municipality for row in rows if row.level >= 3}),
        municipalities=tuple(data.keys),
        mean=mean,
        new=data.averaged.new,
        p_mean=data.averaged.p_mean_better,
        p_new=data.averaged.p_new_better,
        direction=direction(mean[1], mean[2], sesoi),
        evidence_class=grade,
        headline=headline,
        weights=tuple(float(w) for w in weights),
        between=_between(data, rules),
        register=counted,
        egger_p=found.egger_p,
        missing=missing,
    )


def single_class(
    row: Row, *, sesoi: float, has_log_scale: bool = True, rules: EffectRules = EFFECTS
) -> EvidenceClass:
    """Return the class of one study alone."""
    study = Study(row.level, 1.0, row.passed, row.has_plan, row.is_proxy)
    found = Pooled(1, row.low, row.high, row.theta, sesoi, has_log_scale=has_log_scale)
    return evidence_class([study], found, rules=rules.evidence_class)


def size_class(population: int | None) -> int | None:
    """Return the number of the size class, None when the population is unknown."""
    if population is None:
        return None
    return sum(population >= limit for limit in SIZE_LIMITS)


def _pooled(
    rows: Sequence[Row],
    data: _Data,
    mean: tuple[float, float, float],
    sesoi: float,
    counted: PoolRegister,
    rules: EffectRules,
) -> Pooled:
    """Return what the class is judged by."""
    enough = len(data.keys) >= rules.synthesis.egger_k_min
    return Pooled(
        k=len(data.keys),
        low=mean[1],
        high=mean[2],
        theta=mean[0],
        sesoi=sesoi,
        p_mean=data.averaged.p_mean_better if data.fit else None,
        p_new=data.averaged.p_new_better if data.fit else None,
        size_classes=len({size_class(row.population) for row in rows} - {None}),
        evaluators=len({row.evaluator for row in rows if row.evaluator}),
        planned=counted.planned,
        overdue=counted.overdue,
        egger_p=_asymmetry(data) if enough else None,
    )


def _asymmetry(data: _Data) -> float | None:
    """Return Egger's p; None where all studies are equally precise and nothing can be seen."""
    if np.ptp(data.v) <= EQUAL_VARIANCES * float(data.v.max()):
        return None
    return egger(data.y, data.v).p


def _data(rows: Sequence[Row], rules: EffectRules) -> _Data:
    keys, y, v = average_within(
        [row.municipality for row in rows],
        [row.theta for row in rows],
        [row.se**2 for row in rows],
    )
    averaged = tau_averaged(y, v, prior=Prior(scale=rules.synthesis.prior_scale))
    return _Data(keys, y, v, averaged, fit_random_effects(y, v) if len(keys) > 1 else None)


def _headline(
    rows: Sequence[Row], data: _Data, rules: EffectRules
) -> tuple[tuple[float, float, float], str]:
    """Return the mean with its interval, and which method speaks (EVI-157, EVI-158)."""
    if data.fit is None and len(rows) == 1:
        return (rows[0].theta, rows[0].low, rows[0].high), "single"
    most = rules.synthesis.headline_tau_averaged_up_to_k
    if data.fit is not None and len(data.keys) > most:
        at_mean = predict(data.fit, [1.0])
        return (at_mean.mean, at_mean.low, at_mean.high), "hartung_knapp"
    return data.averaged.mean, "tau_averaged"


def _weights(data: _Data) -> Array:
    raw = 1 / (data.v + (data.fit.tau2 if data.fit else 0.0))
    return np.asarray(raw / raw.sum())


def _studies(rows: Sequence[Row], keys: list[str], weights: Array) -> list[Study]:
    """Return the studies; several of one municipality share its weight."""
    share = dict(zip(keys, weights.tolist(), strict=True))
    count = {key: sum(row.municipality == key for row in rows) for key in keys}
    return [
        Study(
            row.level,
            share[row.municipality] / count[row.municipality],
            row.passed,
            row.has_plan,
            row.is_proxy,
        )
        for row in rows
    ]


def _missing(data: _Data, overdue: int, sesoi: float, rules: EffectRules) -> Missing | None:
    """Return the mean with the overdue results at both bounds (EVI-173)."""
    if not overdue:
        return None
    prior = Prior(scale=rules.synthesis.prior_scale)
    bounds = bounds_for_missing(data.y, data.v, missing=overdue, sesoi=sesoi)
    null, bad = (tau_averaged(y, v, prior=prior).mean for y, v in bounds)
    return Missing(null, bad)


def _flips(missing: Missing | None, mean: tuple[float, float, float], sesoi: float) -> bool:
    """Say whether the direction changes when overdue results enter as no effect (EVI-173)."""
    if missing is None:
        return False
    _, low, high = missing.null
    return direction(low, high, sesoi) is not direction(mean[1], mean[2], sesoi)


def _between(data: _Data, rules: EffectRules) -> Between:
    y, v, fit = data.y, data.v, data.fit
    scales = rules.synthesis.sensitivity
    sensitivity = {str(s): tau_averaged(y, v, prior=Prior(scale=s)).new for s in scales}
    if fit is None:
        return Between(sensitivity, tuple(float(x) for x in y))
    low, high = tau2_interval(y, v)
    at_mean = predict(fit, [1.0])
    return Between(
        sensitivity=sensitivity,
        shrunken=tuple(float(x) for x in shrunken_values(fit, y, v)),
        tau2=fit.tau2,
        tau2_low=low,
        tau2_high=high,
        i2=heterogeneity(fit.tau2, fit.typical_variance).i2,
        classic=(at_mean.new_low, at_mean.new_high),
        failsafe=failsafe_number(y, v),
    )
