"""Pushes what was measured down to the room ``portfolio``."""

from mehrwert.base.actor import SYSTEM
from mehrwert.evaluation.events import EffectMeasured
from mehrwert.portfolio.actions import EffectInput, set_effect, set_measured_effect
from mehrwert.portfolio.models import Project


def tell_portfolio(found: EffectMeasured) -> None:
    """Tell the linked project its sentence, and every project of the solution the effect itself.

    From the distribution of θ the portfolio works out P(capital value > 0). Without an interval
    there is no distribution and nothing to work out. A project that is gone is no error.
    """
    project = Project.objects.filter(pk=found.project_id).first() if found.project_id else None
    if project is not None:
        set_effect(project, found.sentence, found.evidence_class)
    if found.low is None or found.high is None or not found.law:
        return
    given = EffectInput(
        evaluation_ref=found.reference,
        title=found.title,
        theta=found.theta,
        low=found.low,
        high=found.high,
        good_is_up=found.good_is_up,
        evidence_class=found.evidence_class,
        law=found.law,
        measured_us=found.data_as_of_us,
    )
    set_measured_effect(found.solution_root, given, actor=SYSTEM)
