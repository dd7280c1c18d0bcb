"""What a town declares by setting up a package, and by taking it away."""

from mehrwert.base.actor import Actor
from mehrwert.base.clock import from_us, now_us
from mehrwert.catalogue.choices import AdoptionStatus, EndReason
from mehrwert.catalogue.models import Solution
from mehrwert.portfolio import actions as portfolio
from mehrwert.portfolio.models import DeclaredAdoption
from mehrwert.starters.format.model import Package

GONE = frozenset({AdoptionStatus.ENDED, AdoptionStatus.WITHDRAWN})


def declare(package: Package, status: AdoptionStatus, *, actor: Actor) -> int | None:
    """Declare the adoption unless something is declared already; return the id of a new one."""
    solution = Solution.objects.filter(slug=package.solution).first()
    if solution is None:
        return None
    there = DeclaredAdoption.objects.filter(solution=solution).exclude(status__in=GONE)
    if there.exists():
        return None
    return portfolio.declare_if_new(solution, status, actor=actor).pk


def end_declared(adoption_id: int | None, reason: EndReason, *, actor: Actor) -> None:
    """End what was declared with a package; what somebody ended already stays as it is."""
    row = DeclaredAdoption.objects.filter(pk=adoption_id or 0).exclude(status__in=GONE).first()
    if row is not None:
        given = portfolio.EndInput(reason=reason.value, on=from_us(now_us()).date())
        portfolio.end_adoption(row, given, actor=actor)
