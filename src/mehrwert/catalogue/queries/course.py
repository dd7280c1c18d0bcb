"""How adoptions of a solution went on: stages, rates, and how long a use lasts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mehrwert.catalogue.choices import Basis
from mehrwert.catalogue.models import Adoption, Solution
from mehrwert.catalogue.rules.funnel import FunnelStep, Staged, durations_of, funnel_of
from mehrwert.stats.survival import SurvivalStep, alive_at, survival_steps

FEWEST = 5
SURVIVAL_MONTHS = 24


@dataclass(frozen=True, slots=True)
class Course:
    """What declared adoptions of a solution tell.

    Attributes:
        steps: The funnel, first stage first.
        n_undated: Records without any day of a stage; they stand outside.
        first, last: Days of the first and last stage told; None without any.
        n_uses: Live uses whose length is known.
        survival: Share still in use after 24 months with its interval; None below five uses.
        is_enough: Whether there are five uses, so that the share may be shown.
    """

    steps: tuple[FunnelStep, ...]
    n_undated: int
    first: date | None
    last: date | None
    n_uses: int
    survival: SurvivalStep | None
    is_enough: bool


def read_course(solution: Solution) -> Course:
    """Return the funnel and the survival of one solution; one statement."""
    rows = list(Adoption.objects.filter(solution=solution, basis=Basis.DECLARED).order_by("pk"))
    staged = [staged_of(row) for row in rows]
    dated = [one for one in staged if one.stages]
    days = sorted(day for one in dated for day in one.stages.values())
    uses = durations_of(dated)
    steps = survival_steps(uses) if len(uses) >= FEWEST else []
    return Course(
        steps=funnel_of(dated),
        n_undated=len(staged) - len(dated),
        first=days[0] if days else None,
        last=days[-1] if days else None,
        n_uses=len(uses),
        survival=alive_at(steps, SURVIVAL_MONTHS),
        is_enough=len(uses) >= FEWEST,
    )


def list_stages(solution: Solution) -> Sequence[Adoption]:
    """Return the declared adoptions behind a course, for its file."""
    rows = Adoption.objects.filter(solution=solution, basis=Basis.DECLARED)
    return list(rows.order_by("place_name", "pk"))


def staged_of(row: Adoption) -> Staged:
    """Return an adoption as the rules take it."""
    stages = {stage: date.fromisoformat(day) for stage, day in row.stages.items()}
    return Staged(row.relation, stages, row.verified_on)
