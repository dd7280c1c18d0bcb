"""One municipality over time: interrupted series, counts, scales."""

from .ar1 import Averaged, PhiRules, fit_at, phi_averaged, reml_ar1, weights_at
from .counts import CountFit, count_effect, linearised, quasi_poisson
from .designs import Impact, Shape, contrast, segmented_design
from .residuals import autocorrelation, lag_one, whitened_residuals
from .scales import hedges_d, to_log_ratio

__all__ = [
    "Averaged",
    "CountFit",
    "Impact",
    "PhiRules",
    "Shape",
    "autocorrelation",
    "contrast",
    "count_effect",
    "fit_at",
    "hedges_d",
    "lag_one",
    "linearised",
    "phi_averaged",
    "quasi_poisson",
    "reml_ar1",
    "segmented_design",
    "to_log_ratio",
    "weights_at",
    "whitened_residuals",
]
