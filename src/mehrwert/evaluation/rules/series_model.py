"""Models of one series over time: logs with AR(1) errors, counts with zeros, quarters."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from mehrwert.stats.arrays import Array
from mehrwert.stats.effect_rules import EffectRules
from mehrwert.stats.series import (
    Averaged,
    Impact,
    Shape,
    count_effect,
    fit_at,
    linearised,
    phi_averaged,
    quasi_poisson,
    segmented_design,
)

from .months import MonthlySeries
from .plan import Plan
from .preparing import Scaled, on_scale

QUARTER = 3
SHAPES: dict[str, Shape] = {"level": "level", "level_slope": "level_slope", "ramp": "ramp"}


@dataclass(frozen=True, slots=True)
class Model:
    """The series model of one evaluation: values on the scale of the plan, AR(1) errors.

    Attributes:
        steps: Months of changed instruments.
        months_a_row: 1, or 3 where a row is a quarter.
    """

    impact: Impact
    harmonics: int
    trend: bool
    steps: tuple[int, ...] = ()
    months_a_row: int = 1

    def take(self, series: MonthlySeries, plan: Plan) -> Scaled | None:
        """Return the values this model works on, None when a value has no place there."""
        return on_scale(series, plan)

    def design(self, months: NDArray[np.int64], start_month: int) -> tuple[Array, Array]:
        """Return design matrix and contrast; months count from the first one."""
        origin = int(months[0]) - 1
        inside = [m for m in self.steps if months[0] < m <= months[-1] and m != start_month]
        columns = [(months >= m).astype(float) for m in inside]
        return segmented_design(
            months - origin,
            start_month - 1 - origin,
            impact=self.impact,
            harmonics=self.harmonics,
            trend=self.trend,
            steps=np.column_stack(columns) if columns else None,
        )

    def fit(self, scaled: Scaled, start_month: int, rules: EffectRules) -> Averaged | None:
        """Return the φ-averaged estimate; None when there are too few values for it."""
        x, c = self.design(scaled.months, start_month)
        if len(scaled.y) - x.shape[1] <= 2:
            return None
        rows = self._rows(scaled.months)
        return phi_averaged(
            scaled.y, x, c, months=rows, rules=rules.phi, level=rules.interval_level
        )

    def plain(self, scaled: Scaled, start_month: int) -> float:
        """Return the estimate without any interval: least squares."""
        x, c = self.design(scaled.months, start_month)
        return float(c @ np.linalg.lstsq(x, scaled.y, rcond=None)[0])

    def without(self, scaled: Scaled, start_month: int, phi: float) -> Array:
        """Return what the model expects without the solution, on its scale, shape (n,)."""
        x, c = self.design(scaled.months, start_month)
        beta, _ = fit_at(scaled.y, x, phi, months=self._rows(scaled.months))
        return np.asarray(x @ beta - x[:, c != 0] @ beta[c != 0])

    def observed(self, scaled: Scaled) -> Array:
        """Return the values on the scale of ``without``, shape (n,)."""
        return scaled.y

    def residuals(self, scaled: Scaled, start_month: int, found: Averaged) -> Array:
        """Return what is left after the model, shape (n,)."""
        x, _ = self.design(scaled.months, start_month)
        return fit_at(scaled.y, x, found.phi, months=self._rows(scaled.months))[1]

    def _rows(self, months: NDArray[np.int64]) -> NDArray[np.int64]:
        return np.asarray((months - months[0]) // self.months_a_row, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class CountModel(Model):
    """Quasi-Poisson: values may be 0; its residuals may follow each other (EVI-122, EVI-123).

    Attributes:
        exposure: Month → log of what the counts are taken on (vehicles, days), about its mean;
            empty means equal exposure. With it only its months are judged (EVI-43).
    """

    exposure: Mapping[int, float] = field(default_factory=dict)

    def take(self, series: MonthlySeries, plan: Plan) -> Scaled | None:
        """Return the values as they are, None when one is below 0 or all are 0."""
        if self.exposure:
            known = np.isin(series.months, list(self.exposure))
            series = MonthlySeries(series.months[known], series.values[known])
        return Scaled(series.months, series.values) if is_countable(series, plan) else None

    def fit(self, scaled: Scaled, start_month: int, rules: EffectRules) -> Averaged | None:
        """Return the φ-averaged estimate; None when there are too few values for it."""
        x, c = self.design(scaled.months, start_month)
        if len(scaled.y) - x.shape[1] <= 2:
            return None
        y, weighted = linearised(scaled.y, x, offset=self._offset(scaled))
        rows = self._rows(scaled.months)
        return phi_averaged(
            y, weighted, c, months=rows, rules=rules.phi, level=rules.interval_level
        )

    def independent(self, scaled: Scaled, start_month: int, rules: EffectRules) -> Averaged:
        """Return the estimate that takes months as independent: the companion."""
        x, c = self.design(scaled.months, start_month)
        level, offset = rules.interval_level, self._offset(scaled)
        return count_effect(scaled.y, x, c, offset=offset, level=level)[0]

    def pearson(self, scaled: Scaled, start_month: int) -> Array:
        """Return Pearson's residuals of independent months, shape (n,)."""
        x, _ = self.design(scaled.months, start_month)
        return quasi_poisson(scaled.y, x, self._offset(scaled)).residuals

    def plain(self, scaled: Scaled, start_month: int) -> float:
        """Return the estimate without any interval."""
        x, c = self.design(scaled.months, start_month)
        return float(c @ quasi_poisson(scaled.y, x, self._offset(scaled)).coefficients)

    def without(self, scaled: Scaled, start_month: int, phi: float) -> Array:
        """Return what the model expects without the solution, as a log, shape (n,)."""
        x, c = self.design(scaled.months, start_month)
        y, rows = linearised(scaled.y, x, offset=self._offset(scaled))
        beta, _ = fit_at(y, rows, phi, months=self._rows(scaled.months))
        return np.asarray(x @ beta - x[:, c != 0] @ beta[c != 0] + self._offset(scaled))

    def observed(self, scaled: Scaled) -> Array:
        """Return the logs of the values; that of 0 is −∞, which a figure shows as 0."""
        with np.errstate(divide="ignore"):
            return np.asarray(np.log(scaled.y))

    def residuals(self, scaled: Scaled, start_month: int, found: Averaged) -> Array:
        """Return what is left of Pearson's residuals after φ, shape (n,)."""
        x, _ = self.design(scaled.months, start_month)
        y, rows = linearised(scaled.y, x, offset=self._offset(scaled))
        return fit_at(y, rows, found.phi, months=self._rows(scaled.months))[1]

    def _offset(self, scaled: Scaled) -> Array:
        return np.array([self.exposure.get(int(month), 0.0) for month in scaled.months])


@dataclass(frozen=True, slots=True)
class QuarterModel(Model):
    """The usual model on quarters that do not straddle the start (decisions 33)."""

    months_a_row: int = QUARTER

    def take(self, series: MonthlySeries, plan: Plan) -> Scaled | None:
        """Return the logs of whole quarters, None when one of them is 0 or none is whole."""
        found = quarters(series, plan.start_month)
        if not len(found.values) or (found.values <= 0).any():
            return None
        return Scaled(found.months, np.log(found.values))


def model_of(
    scaled: Scaled, start_month: int, plan: Plan, rules: EffectRules, *, design: str = ""
) -> Model:
    """Return the usual model of a series: shape of the plan, seasons when there is enough of both.

    Only the own series has steps of instruments: the plan knows none of other towns.
    """
    pre = int((scaled.months < start_month).sum())
    limits = rules.design
    seasonal = pre >= limits.season_pre and len(scaled.months) - pre >= limits.season_post
    simple = design == "before_after"
    steps = [m for m in sorted(plan.instrument_changes) if m > plan.first_month]
    return Model(
        impact=Impact() if simple else Impact(SHAPES[plan.shape], plan.ramp_months),
        harmonics=limits.harmonics if seasonal and not simple else 0,
        trend=not simple,
        steps=tuple(steps) if start_month == plan.start_month else (),
    )


def quarters(series: MonthlySeries, start_month: int) -> MonthlySeries:
    """Return the mean month of each quarter counted from the start, at its middle month.

    Only quarters with all three months count. The mean differs from the sum by a constant factor,
    which no ratio sees, and keeps the unit of the indicator.
    """
    numbers, groups = np.unique((series.months - start_month) // QUARTER, return_inverse=True)
    count = np.bincount(groups, minlength=len(numbers))
    means = np.bincount(groups, weights=series.values, minlength=len(numbers)) / np.maximum(
        count, 1
    )
    whole = count == QUARTER
    middles = numbers[whole] * QUARTER + start_month + 1
    return MonthlySeries(middles, means[whole])


def is_countable(series: MonthlySeries, plan: Plan) -> bool:
    """Say whether a ratio can be judged although a month is 0 (decisions 33)."""
    values = series.values
    return plan.scale == "log_ratio" and bool((values >= 0).all() and (values > 0).any())
