"""The plan of an evaluation: what is asked, fixed before anybody can know the answer."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from mehrwert.base.marks import mark

from .months import label_of

FORMAT = "mehrwert-evaluation-plan/1"


@dataclass(frozen=True, slots=True)
class Plan:
    """What is fixed before the start.

    Attributes:
        good_direction: ``down`` or ``up``: what is better.
        scale: ``log_ratio``, ``log_odds`` or ``smd``.
        first_month, start_month, last_month: The window; the start is the first month of full
            operation, so T₀ is the month before.
        sesoi: Smallest effect of interest on the scale, positive.
        comparisons: Comparison series: id → name.
        comparison_starts: First month with the solution of those that began themselves, by id.
        no_effect: A series on which no effect is expected: id → name, at most one.
        exposure: A series that counts are taken on: id → name, at most one.
        mechanism: How it should come about, in a sentence; empty where nobody said (EVI-38).
        events, instrument_changes, definition_breaks, territory_changes: Months with words,
            declared by hand.
    """

    title: str
    goal: str
    beneficiaries: str
    benefit_kind: str
    solution_root: str
    indicator_key: str
    indicator_name: str
    unit: str
    datastream_id: int
    good_direction: str
    scale: str
    first_month: int
    start_month: int
    last_month: int
    sesoi: float
    shape: str = "level"
    ramp_months: int = 1
    is_count: bool = False
    is_proxy: bool = False
    evaluator: str = ""
    ruleset: str = ""
    baseline_waiver: str = ""
    mechanism: str = ""
    comparisons: Mapping[int, str] = field(default_factory=dict)
    comparison_starts: Mapping[int, int] = field(default_factory=dict)
    no_effect: Mapping[int, str] = field(default_factory=dict)
    exposure: Mapping[int, str] = field(default_factory=dict)
    events: Mapping[int, str] = field(default_factory=dict)
    instrument_changes: Mapping[int, str] = field(default_factory=dict)
    definition_breaks: Mapping[int, str] = field(default_factory=dict)
    territory_changes: Mapping[int, str] = field(default_factory=dict)

    @property
    def last_pre(self) -> int:
        """Return T₀, the last month before full operation."""
        return self.start_month - 1


MONTHS = {"first_month", "start_month", "last_month"}
BY_MONTH = {"events", "instrument_changes", "definition_breaks", "territory_changes"}
# fields that came after the first frozen plans: left out while empty, so that hashes stay
LATER = {"territory_changes", "comparison_starts", "exposure", "mechanism"}
BY_SERIES = {"comparisons", "exposure", "no_effect"}
MONTH_BY_SERIES = {"comparison_starts"}


def plan_document(plan: Plan, *, municipality: str) -> dict[str, Any]:
    """Return the plan as the document whose canonical JSON is hashed (EVI-35, EVI-171)."""
    written: dict[str, Any] = {"format": FORMAT, "municipality": municipality}
    for name, value in asdict(plan).items():
        if name in LATER and not value:
            continue
        if name in MONTHS:
            written[name] = label_of(value)
        elif name in BY_MONTH:
            written[name] = {label_of(month): words for month, words in value.items()}
        elif name in BY_SERIES:
            written[name] = {str(number): words for number, words in value.items()}
        elif name in MONTH_BY_SERIES:
            written[name] = {str(number): label_of(month) for number, month in value.items()}
        else:
            written[name] = value
    return written


MISSING = {
    "goal": mark("Was soll besser werden? Bitte ein Ziel in einem Satz nennen."),
    "series": mark("Bitte die Messreihe der Kennzahl wählen."),
    "sesoi": mark("Ab wie viel Unterschied lohnt es sich? Ohne Schwelle ist kein Urteil möglich."),
    "window": mark("Der Zeitraum braucht Monate vor und nach dem Start."),
    "baseline": mark(
        "Vor dem Start liegen nur %(n)s Monatswerte, nötig sind %(least)s. Bitte mehr messen oder"
        " begründen, warum ohne Ausgangswerte begonnen wird."
    ),
}


def missing_for_freezing(
    plan: Plan, *, pre_months: int, least: int
) -> list[tuple[str, dict[str, int]]]:
    """Return what still keeps a plan from being fixed, as codes of ``MISSING`` with their data.

    Args:
        plan: The plan as it stands.
        pre_months: Months with a value before the start, up to now.
        least: How many are needed (baseline guard, EVI-24); a written waiver replaces them.
    """
    found: list[tuple[str, dict[str, int]]] = []
    if not plan.goal.strip():
        found.append(("goal", {}))
    if not plan.datastream_id:
        found.append(("series", {}))
    if plan.sesoi <= 0:
        found.append(("sesoi", {}))
    if not plan.first_month < plan.start_month <= plan.last_month:
        found.append(("window", {}))
    if pre_months < least and not plan.baseline_waiver.strip():
        found.append(("baseline", {"n": pre_months, "least": least}))
    return found
