"""The limits of the phase model, with their version: a change makes a new version (PF-06)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PhaseRules:
    """Limits of the portfolio specification, section 3 (``phase``), and of 7.1 and 8.

    Months count back from the day of the assessment; shares lie between 0 and 1. All values are
    own proposals, as the specification says; the page names the version beside the scores.
    """

    version: str = "1.0.0"
    document_max_months: int = 24
    self_report_factor: float = 0.5
    gate_weight: int = 2
    coverage_min: float = 0.6
    low_t_min: float = 40.0
    low_b_min: float = 60.0
    data_flow_months: int = 11
    decision_max_months: int = 36
    payer_decision_max_months: int = 24
    reuse_window_months: int = 24
    tension_window_months: int = 12
    standard_share_min: float = 0.30
    deviation_share_max: float = 0.50
    outcome_share_min: float = 0.20
    never_funded_ratio_min: float = 0.50
    cliff_share_max: float = 0.10


PHASE_RULES = PhaseRules()
