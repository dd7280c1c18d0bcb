"""From interest to lasting use: who reached which stage, and how long a use lasted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from mehrwert.catalogue.choices import AdoptionStatus, Relation
from mehrwert.stats.survival import Duration

STAGES = (
    AdoptionStatus.INTEREST,
    AdoptionStatus.TRIAL,
    AdoptionStatus.DECIDED,
    AdoptionStatus.LIVE,
)
LASTING = "lasting"
LASTING_MONTHS = 24
FEWEST = 5
# length of a whole day as ISO writes it; a month or a year is too coarse to count months
DAY = len("2026-01-31")
DAYS_OF_MONTH = 365.25 / 12
# relations that belong to the funnel (transfer.md 2.1)
IN_FUNNEL = frozenset({Relation.ORIGIN, Relation.REUSE, Relation.TEST, Relation.PLANNED})
# relations whose use is one's own
USED = frozenset({Relation.ORIGIN, Relation.REUSE})


@dataclass(frozen=True, slots=True)
class Staged:
    """One adoption: relation, stage → first day, the day it was last confirmed."""

    relation: str
    stages: Mapping[str, date]
    verified_on: date | None


@dataclass(frozen=True, slots=True)
class FunnelStep:
    """One stage: ``n`` of ``of`` got here from the stage before.

    ``of`` None on the first stage; ``rate`` None below five, or on the first stage.
    """

    stage: str
    n: int
    of: int | None
    rate: float | None


def funnel_of(rows: Sequence[Staged]) -> tuple[FunnelStep, ...]:
    """Return the stages; who reached a later one passed the earlier ones too.

    The last step counts, among uses that began at least 24 months before they were last heard of,
    those that lasted so long.
    """
    inside = [row for row in rows if row.relation in IN_FUNNEL]
    steps: list[FunnelStep] = []
    before: int | None = None
    for stage in STAGES:
        n = sum(_reached(row, stage) for row in inside)
        steps.append(FunnelStep(stage, n, before, _rate(n, before)))
        before = n
    known = [months for row in inside if (months := _lasting(row)) is not None]
    lasted = sum(known)
    steps.append(FunnelStep(LASTING, lasted, len(known), _rate(lasted, len(known))))
    return tuple(steps)


def durations_of(rows: Sequence[Staged]) -> list[Duration]:
    """Return how long each own use lasted; one not ended is cut off where last confirmed."""
    found = []
    for row in rows:
        if row.relation not in USED or AdoptionStatus.LIVE not in row.stages:
            continue
        end = row.stages.get(AdoptionStatus.ENDED)
        until = end or row.verified_on
        if until is not None:
            start = row.stages[AdoptionStatus.LIVE]
            found.append(Duration(max(0.0, months_between(start, until)), end is not None))
    return found


def months_to_use(rows: Iterable[Mapping[str, str]]) -> list[float]:
    """Return, for each place that said both, the months from its first step to use.

    Args:
        rows: Per place stage → ISO day it was first reached.
    """
    found = []
    for stages in rows:
        live = stages.get(AdoptionStatus.LIVE, "")
        before = [stages[stage] for stage in STAGES[:-1] if stages.get(stage)]
        if len(live) == DAY and before and len(min(before)) == DAY:
            start, end = date.fromisoformat(min(before)), date.fromisoformat(live)
            found.append(max(0.0, months_between(start, end)))
    return found


def months_between(start: date, end: date) -> float:
    """Return months of 30.44 days."""
    return (end - start).days / DAYS_OF_MONTH


def _reached(row: Staged, stage: AdoptionStatus) -> bool:
    later = STAGES[STAGES.index(stage) :]
    return any(one in row.stages for one in later)


def _lasting(row: Staged) -> bool | None:
    """Say whether a use lasted 24 months; None while that is not known yet."""
    for one in durations_of([row]):
        if one.months >= LASTING_MONTHS:
            return True
        return False if one.has_ended else None
    return None


def _rate(n: int, of: int | None) -> float | None:
    return n / of if of is not None and of >= FEWEST else None
