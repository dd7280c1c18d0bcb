"""What many municipalities know together: random effects, forecast, missing results."""

from .fit import Fit, Method, Variance, fit_random_effects
from .forecast import (
    Prediction,
    Prior,
    TauAveraged,
    is_outside_experience,
    predict,
    tau_averaged,
)
from .heterogeneity import Heterogeneity, heterogeneity, tau2_interval
from .permutation import permutation_p
from .reporting import Egger, average_within, bounds_for_missing, egger, failsafe_number
from .single import shrunken_values

__all__ = [
    "Egger",
    "Fit",
    "Heterogeneity",
    "Method",
    "Prediction",
    "Prior",
    "TauAveraged",
    "Variance",
    "average_within",
    "bounds_for_missing",
    "egger",
    "failsafe_number",
    "fit_random_effects",
    "heterogeneity",
    "is_outside_experience",
    "permutation_p",
    "predict",
    "shrunken_values",
    "tau2_interval",
    "tau_averaged",
]
