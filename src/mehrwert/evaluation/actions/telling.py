"""Pushes what was measured down to the room ``portfolio``."""

from django.utils.translation import override

from mehrwert.base.actions import emit
from mehrwert.base.actor import SYSTEM
from mehrwert.evaluation import presenting, queries
from mehrwert.evaluation.events import EffectMeasured
from mehrwert.evaluation.models import Estimate, Evaluation
from mehrwert.evaluation.rules import Plan
from mehrwert.evidence.choices import FindingState
from mehrwert.evidence.models import Finding
from mehrwert.portfolio.actions import (
    EffectInput,
    retract_effect,
    set_effect,
    set_measured_effect,
)
from mehrwert.portfolio.models import Project


def tell_portfolio(found: EffectMeasured) -> None:
    """Tell the linked project its sentence, and every project of the solution the effect itself.

    From the distribution of θ the portfolio works out P(capital value > 0). Without an interval
    there is no distribution and nothing to work out. A project that is gone is no error.
    """
    project = Project.objects.filter(pk=found.project_id).first() if found.project_id else None
    if project is not None:
        set_effect(project, found.sentence, found.evidence_class, sentence_en=found.sentence_en)
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


def measured_by(row: Evaluation, estimate: Estimate) -> EffectMeasured:
    """Return what an estimate with an effect tells the rooms below."""
    plan = queries.plan_of(row)
    effect = estimate.record["effect"]
    return EffectMeasured(
        evaluation_id=row.pk,
        reference=row.reference,
        project_id=row.project_id,
        solution_root=plan.solution_root,
        title=row.title,
        sentence=_sentence("de", row, plan, estimate),
        theta=effect["theta"],
        low=effect["low"],
        high=effect["high"],
        good_is_up=plan.good_direction == "up",
        evidence_class=estimate.evidence_class,
        law=estimate.record.get("law") or {},
        data_as_of_us=estimate.as_of_us,
        sentence_en=_sentence("en", row, plan, estimate),
    )


def _sentence(language: str, row: Evaluation, plan: Plan, estimate: Estimate) -> str:
    """Return what is known in one language, whoever files it."""
    with override(language):
        return presenting.show(row, plan, estimate).sentence


def tell_filed(row: Evaluation) -> None:
    """Tell the portfolio again what a filed result measured; nothing without one."""
    result = queries.read_result(row)
    finding = Finding.objects.filter(reference=row.reference).first()
    is_gone = finding is None or finding.state == FindingState.WITHDRAWN.value
    if result is not None and result.estimate is not None and not is_gone:
        emit(measured_by(row, result.estimate), tenant_id=row.tenant_id)


def retract_withdrawn(finding_id: int) -> None:
    """Take back from the portfolio what a finding had said, unless it is public again."""
    finding = Finding.objects.filter(pk=finding_id, state=FindingState.WITHDRAWN.value).first()
    if finding is None or not finding.reference.isdigit():
        return
    row = Evaluation.objects.filter(pk=int(finding.reference)).first()
    if row is not None:
        retract_effect(row.reference, row.project, actor=SYSTEM)
