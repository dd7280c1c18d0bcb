"""Begins, changes and releases council papers. A released one never changes."""

import msgspec
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from mehrwert.base.actions import record_audit
from mehrwert.base.actor import Actor
from mehrwert.base.clock import now_us
from mehrwert.documents.outline import document_hash, document_json
from mehrwert.evaluation.choices import PaperState
from mehrwert.evaluation.council_paper import compose, defects_for_release
from mehrwert.evaluation.council_paper.inputs import FinanceInput, PaperInput, to_json
from mehrwert.evaluation.council_paper.inputs import from_json as paper_input
from mehrwert.evaluation.errors import (
    PaperChangedError,
    PaperIncompleteError,
    PaperReleasedError,
)
from mehrwert.evaluation.house_templates import pinned
from mehrwert.evaluation.models import CouncilPaper, Evaluation
from mehrwert.evaluation.papers import facts_of, guard, input_of, profile_of, version_of

__all__ = ["begin_paper", "change_finance", "change_paper", "paper_input", "release_paper"]


def begin_paper(row: Evaluation, *, actor: Actor) -> CouncilPaper:
    """Begin a draft; everything but its day comes from the evaluation."""
    with transaction.atomic():
        paper = CouncilPaper.objects.create(
            tenant_id=row.tenant_id,
            evaluation=row,
            typed=to_json(PaperInput(created=timezone.localdate())),
            created_us=now_us(),
        )
        _audit(actor, "create", paper)
    return paper


def change_paper(
    paper: CouncilPaper, typed: PaperInput, *, actor: Actor, seen: str = ""
) -> CouncilPaper:
    """Change what was typed.

    Args:
        paper: A draft.
        typed: Everything that was typed.
        actor: Who did it.
        seen: ``version_of`` the paper on which the change is based; empty means: whatever it is.

    Raises:
        PaperReleasedError: It is released.
        PaperChangedError: Somebody else changed it meanwhile.
    """
    with transaction.atomic():
        paper = _draft(paper)
        _refuse_stale(paper, seen)
        paper.typed = to_json(typed)
        paper.save(update_fields=["typed"])
        _audit(actor, "update", paper)
    return paper


def change_finance(
    paper: CouncilPaper, given: FinanceInput, *, actor: Actor, seen: str = ""
) -> CouncilPaper:
    """Change the money of a paper and nothing else.

    Raises:
        PaperReleasedError: It is released.
        PaperChangedError: Somebody else changed it meanwhile.
    """
    with transaction.atomic():
        paper = _draft(paper)
        _refuse_stale(paper, seen)
        typed = msgspec.structs.replace(
            input_of(paper),
            finance=given.finance,
            joint_yearly=given.joint_yearly,
            joint_per_inhabitant=given.joint_per_inhabitant,
        )
        paper.typed = to_json(typed)
        paper.save(update_fields=["typed"])
        _audit(actor, "update", paper, {"part": "finance"})
    return paper


def _refuse_stale(paper: CouncilPaper, seen: str) -> None:
    if seen and seen != version_of(paper):
        raise PaperChangedError


def release_paper(paper: CouncilPaper, *, actor: Actor, role: str) -> CouncilPaper:
    """Freeze a paper with its tree and hash; an earlier one of the evaluation is superseded.

    Args:
        paper: A draft.
        actor: Who releases it; kept in the audit only.
        role: In which role; printed nowhere, stored with the paper.

    Raises:
        PaperReleasedError: It is released already.
        PaperIncompleteError: Something is missing, or a sentence says more than is known.
    """
    with transaction.atomic():
        paper = _draft(paper)
        facts, profile = facts_of(paper), profile_of(paper)
        if found := defects_for_release(facts, profile, guard):
            sentences = [gettext(one.sentence) % one.data for one in found]
            raise PaperIncompleteError(reasons=" ".join(sentences))
        document = compose(facts, profile, is_released=True)
        CouncilPaper.objects.filter(
            evaluation_id=paper.evaluation_id, state=PaperState.RELEASED.value
        ).update(state=PaperState.SUPERSEDED.value)
        paper.state = PaperState.RELEASED.value
        paper.document = document_json(document).decode("utf-8")
        paper.document_hash = document_hash(document)
        paper.released_us, paper.released_role = now_us(), role[:60]
        paper.templates = pinned()
        paper.save()
        _audit(actor, "release", paper, {"document_hash": paper.document_hash})
    return paper


def _draft(paper: CouncilPaper) -> CouncilPaper:
    found = CouncilPaper.objects.select_for_update().select_related("evaluation").get(pk=paper.pk)
    if found.state != PaperState.DRAFT.value:
        raise PaperReleasedError
    return found


def _audit(
    actor: Actor, verb: str, paper: CouncilPaper, after: dict[str, str] | None = None
) -> None:
    record_audit(
        actor=actor,
        verb=verb,
        kind="council_paper",
        object_id=paper.pk,
        label=paper.evaluation.title,
        after=after,
        tenant_id=paper.tenant_id,
    )
