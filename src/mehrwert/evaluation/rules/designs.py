"""Which design the data carry, and why a stronger one is impossible (EVI-46)."""

from dataclasses import dataclass

from mehrwert.stats.effect_rules import DESIGN_LEVELS, DesignRules

STRENGTH = ("synthetic_control", "controlled_its", "its", "before_after", "narrative")


@dataclass(frozen=True, slots=True)
class Unmet:
    """One condition of a design that the data do not meet."""

    design: str
    code: str
    value: float
    threshold: float


@dataclass(frozen=True, slots=True)
class Supply:
    """What there is to work with; counts are months with a value.

    Attributes:
        pre, post: Of the own series.
        comparisons: Comparison series that are complete enough.
        common_pre: Months before the start that all of them and the own series have.
        rmspe: Misfit of the synthetic control before the start, None when it was not tried.
        is_slow: The controlled series wanders too slowly to be judged (EVI-124).
    """

    pre: int
    post: int
    comparisons: int = 0
    common_pre: int = 0
    rmspe: float | None = None
    is_slow: bool = False


@dataclass(frozen=True, slots=True)
class DesignChoice:
    """The chosen design with its level D, and the unmet conditions of every stronger one."""

    design: str
    unmet: tuple[Unmet, ...]

    @property
    def level(self) -> int:
        """Return the design level D."""
        return DESIGN_LEVELS[self.design]


def choose_design(supply: Supply, rules: DesignRules) -> DesignChoice:
    """Return the strongest design whose needs are met.

    Two designs reach level 3. A synthetic control can claim something only from 19 donors; with
    fewer it steps back behind the controlled series, unless that one wanders too slowly.
    """
    unmet: list[Unmet] = []
    for design in _order(supply, rules):
        missing = [u for u in _needs(design, supply, rules) if u.value < u.threshold]
        missing += _misfit(design, supply, rules)
        if not missing:
            return DesignChoice(design, tuple(unmet))
        unmet += missing
    return DesignChoice("narrative", tuple(unmet))


def _order(supply: Supply, rules: DesignRules) -> tuple[str, ...]:
    if supply.comparisons >= rules.donors_for_claim or supply.is_slow:
        return STRENGTH
    return ("controlled_its", "synthetic_control", "its", "before_after", "narrative")


def _needs(design: str, supply: Supply, rules: DesignRules) -> list[Unmet]:
    sides = {"its": rules.series_min, "before_after": rules.before_after_min}
    if design in sides:
        least = sides[design]
        return [
            Unmet(design, "pre", supply.pre, least),
            Unmet(design, "post", supply.post, least),
        ]
    post = Unmet(design, "post", supply.post, rules.before_after_min)
    if design == "controlled_its":
        return [
            Unmet(design, "comparisons", supply.comparisons, rules.comparisons_min),
            Unmet(design, "common_pre", supply.common_pre, rules.controlled_pre),
            post,
        ]
    if design == "synthetic_control":
        return [
            Unmet(design, "donors", supply.comparisons, rules.donors_min),
            Unmet(design, "common_pre", supply.common_pre, rules.donors_pre),
            post,
        ]
    return []


def _misfit(design: str, supply: Supply, rules: DesignRules) -> list[Unmet]:
    if design == "controlled_its" and supply.is_slow:
        return [Unmet(design, "slow", 1, 0)]
    rmspe = supply.rmspe
    if design == "synthetic_control" and rmspe is not None and rmspe > rules.rmspe_max:
        return [Unmet(design, "rmspe", rmspe, rules.rmspe_max)]
    return []
