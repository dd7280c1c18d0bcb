"""Quantiles of mixtures: what remains when a nuisance parameter is averaged over a grid."""

from dataclasses import dataclass

import numpy as np
import scipy

from .arrays import Array
from .roots import find_root

FAR = 60.0


@dataclass(frozen=True, slots=True)
class Mixture:
    """Weighted t (``df`` finite) or normal (``df`` infinite) distributions.

    Args:
        weights: Shape (g,), sum 1.
        centres: Shape (g,).
        scales: Shape (g,), positive.
        df: Degrees of freedom of every part.
    """

    weights: Array
    centres: Array
    scales: Array
    df: float = float("inf")

    def cdf(self, x: float) -> float:
        """Return the probability of values up to ``x``."""
        z = (x - self.centres) / self.scales
        law = scipy.special
        parts = law.ndtr(z) if np.isinf(self.df) else law.stdtr(self.df, z)
        return float(self.weights @ parts)

    def quantile(self, probability: float) -> float:
        """Return the value below which ``probability`` lies."""
        reach = FAR * float(self.scales.max())
        low, high = float(self.centres.min()) - reach, float(self.centres.max()) + reach
        return find_root(lambda x: self.cdf(x) - probability, low, high, xtol=1e-13, rtol=1e-14)

    def mean(self) -> float:
        """Return the mean of the centres."""
        return float(self.weights @ self.centres)

    def sd(self) -> float:
        """Return the standard deviation; infinite for ``df`` ≤ 2."""
        if self.df <= 2:
            return float("inf")
        widen = 1.0 if np.isinf(self.df) else self.df / (self.df - 2)
        spread = (self.centres - self.mean()) ** 2
        return float(np.sqrt(self.weights @ (self.scales**2 * widen + spread)))

    def interval(self, level: float) -> tuple[float, float]:
        """Return the central interval that holds ``level``."""
        return self.quantile(0.5 - level / 2), self.quantile(0.5 + level / 2)
