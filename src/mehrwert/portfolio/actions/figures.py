"""Puts indicators onto the dashboard and takes them off (PF-18, PF-161, PF-164)."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max

from mehrwert.base.actions import record_audit
from mehrwert.base.actor import Actor
from mehrwert.base.clock import now_us
from mehrwert.portfolio.actions.common import plain
from mehrwert.portfolio.errors import DashboardFullError, DecisionMissingError
from mehrwert.portfolio.models import DashboardFigure, Indicator
from mehrwert.portfolio.rules.ruleset import PORTFOLIO


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureInput:
    """What a figure needs besides its indicator: target, day, owner, the decision it serves."""

    target: float
    target_on: date
    owner_role: str
    decision_served: str
    alarm_limit: float | None = None


def place_figure(indicator: Indicator, given: FigureInput, *, actor: Actor) -> DashboardFigure:
    """Put an indicator onto the dashboard, or change the figure that is there.

    Raises:
        DecisionMissingError: Nobody says which decision it serves.
        DashboardFullError: There are twelve already.
    """
    if not given.decision_served.strip() or not given.owner_role.strip():
        raise DecisionMissingError
    with transaction.atomic():
        figures = DashboardFigure.objects.select_for_update()
        row = figures.filter(indicator=indicator).first()
        if row is None:
            if figures.count() >= PORTFOLIO.dashboard_figures_max:
                raise DashboardFullError(most=PORTFOLIO.dashboard_figures_max)
            last = DashboardFigure.objects.aggregate(last=Max("position"))["last"] or 0
            row = DashboardFigure(
                tenant_id=indicator.tenant_id, indicator=indicator, position=last + 1
            )
        row.target, row.target_on = given.target, given.target_on
        row.owner_role = given.owner_role.strip()
        row.decision_served = given.decision_served.strip()
        row.alarm_limit, row.changed_us = given.alarm_limit, now_us()
        row.save()
        after = {"target": row.target, "decision_served": row.decision_served}
        _audit(actor, "place", indicator, after)
    return row


def remove_figure(row: DashboardFigure, *, actor: Actor) -> None:
    """Take a figure off the dashboard; indicator and values stay."""
    with transaction.atomic():
        _audit(actor, "remove", row.indicator, {"decision_served": row.decision_served})
        row.delete()


def note_opened(indicator: Indicator) -> None:
    """Keep that somebody looked at a figure; nobody's name is stored."""
    DashboardFigure.objects.filter(indicator=indicator).update(opened_us=now_us())


def _audit(actor: Actor, verb: str, indicator: Indicator, after: dict[str, object]) -> None:
    record_audit(
        actor=actor,
        verb=verb,
        kind="figure",
        object_id=indicator.pk,
        label=indicator.current.name if indicator.current else indicator.key,
        after=plain(after),
        tenant_id=indicator.tenant_id,
    )
