"""Three scores with their bounds, and the label beside them (portfolio specification 7.3)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mehrwert.provision.choices import MunicipalPhase, Source, Stage
from mehrwert.provision.rules.indicators import PhaseIndicator
from mehrwert.provision.rules.ruleset import PHASE_RULES, PhaseRules

E_GATES = ("E5", "E6", "E10", "E11")
E_GATES_ADOPTING = ("E5", "E6", "EA")
T_GATES = ("T1", "T3", "T5", "T7", "T9", "T12")
B_GATES = ("B1", "B2", "B5")


@dataclass(frozen=True, slots=True)
class Observed:
    """The known value of one indicator: 0, ½ or 1, and where it comes from."""

    value: float
    source: Source


@dataclass(frozen=True, slots=True)
class Score:
    """One score, 0 to 100.

    Attributes:
        point: Over what is known; None when nothing is.
        low, high: If all that is unknown were zero, or the best possible.
        coverage: Share of the weight that is known, 0 to 1.
        data_share: Share of the known weight that rests on data or documents; None when nothing is.
    """

    point: float | None
    low: float
    high: float
    coverage: float
    data_share: float | None


def weight_of(indicator: PhaseIndicator, rules: PhaseRules = PHASE_RULES) -> int:
    """Return 0 for context, 2 for a gate, otherwise 1."""
    if not indicator.is_scored:
        return 0
    return rules.gate_weight if indicator.is_gate else 1


def stage_score(
    indicators: Iterable[PhaseIndicator],
    known: Mapping[str, Observed],
    stage: Stage,
    *,
    rules: PhaseRules = PHASE_RULES,
) -> Score:
    """Return the score of one stage.

    Args:
        indicators: Those that hold for the municipality.
        known: Value and source by key; what is missing is unknown, never zero.
        stage: Which of the three.
        rules: The limits.
    """
    weights = {
        one.key: weight_of(one, rules) for one in indicators if one.stage is stage and one.is_scored
    }
    total = sum(weights.values())
    inside = {key: known[key] for key in weights if key in known}
    known_weight = sum(weights[key] for key in inside)
    points = sum(weights[key] * _counted(one, rules) for key, one in inside.items())
    proven = sum(weights[key] for key, one in inside.items() if one.source is not Source.SELF)
    return Score(
        point=100 * points / known_weight if known_weight else None,
        low=100 * points / total,
        high=100 * (points + total - known_weight) / total,
        coverage=known_weight / total,
        data_share=proven / known_weight if known_weight else None,
    )


def _counted(observed: Observed, rules: PhaseRules) -> float:
    """A self-report counts half (PF-05)."""
    factor = rules.self_report_factor if observed.source is Source.SELF else 1.0
    return observed.value * factor


def is_gate_met(indicator: PhaseIndicator, observed: Observed | None) -> bool:
    """Return whether the best value comes from a source that this indicator accepts."""
    return observed is not None and observed.value >= 1 and observed.source in indicator.sources


def municipal_phase(
    indicators: Iterable[PhaseIndicator],
    known: Mapping[str, Observed],
    *,
    rules: PhaseRules = PHASE_RULES,
) -> MunicipalPhase:
    """Return the label; it uses the lower bounds, so it holds if all unknown were zero."""
    held = tuple(indicators)
    by_key = {one.key: one for one in held}

    def all_met(keys: Iterable[str]) -> bool:
        return all(is_gate_met(by_key[key], known.get(key)) for key in keys)

    scores = {stage: stage_score(held, known, stage, rules=rules) for stage in Stage}
    if scores[Stage.PILOT].coverage < rules.coverage_min:
        return MunicipalPhase.UNDECIDABLE
    e_end = all_met(E_GATES_ADOPTING if "EA" in by_key else E_GATES)
    has_t = scores[Stage.TRANSFER].low >= rules.low_t_min
    t_end = all_met(T_GATES)
    is_regular = scores[Stage.REGULAR].low >= rules.low_b_min and all_met(B_GATES)
    return _label(e_end=e_end, has_t=has_t, t_end=t_end, is_regular=is_regular)


def _label(*, e_end: bool, has_t: bool, t_end: bool, is_regular: bool) -> MunicipalPhase:
    if e_end and has_t and t_end:
        return MunicipalPhase.REGULAR if is_regular else MunicipalPhase.NEAR_REGULAR
    if e_end and has_t:
        return MunicipalPhase.TRANSFER
    if e_end or has_t:
        return MunicipalPhase.NEAR_TRANSFER
    return MunicipalPhase.PILOT
