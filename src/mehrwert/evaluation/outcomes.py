"""What evaluations say about the projects they judge; for the rooms above."""

from dataclasses import dataclass
from datetime import date

from mehrwert.base.clock import from_us
from mehrwert.evaluation.choices import EvaluationState, Moment
from mehrwert.evaluation.models import Answer, Decision, Evaluation
from mehrwert.evaluation.rules import is_bare_silence
from mehrwert.evidence.models import Finding
from mehrwert.evidence.queries import class_of

REVIEW_QUESTIONS = frozenset({"R1", "R2", "R3", "B1", "B2", "B3", "B4"})
UNDECIDED = "not_yet_decidable"


@dataclass(frozen=True, slots=True)
class Punctuality:
    """Evaluations whose result fell due in a window, and how many of them were filed by then."""

    due: int
    on_time: int


@dataclass(frozen=True, slots=True)
class ProjectOutcome:
    """What is known of one project from its evaluations.

    Attributes:
        decision: The newest one, empty before the first.
        decided_on: Its day; None also where it only says that nothing can be decided yet.
        evidence_class: The best class of its findings, 0 to 4; None without a finding.
        has_review: Every question R and B was answered for one of them, or marked „keine Angabe“
            with its reason (PF-125); what was guessed before the start is no answer.
        has_learning_report: The decision is to end it: the learning report is its page (EVI-41).
        has_plan: A plan is frozen.
    """

    decision: str = ""
    decided_on: date | None = None
    evidence_class: int | None = None
    has_review: bool = False
    has_learning_report: bool = False
    has_plan: bool = False


def list_outcomes() -> dict[int, ProjectOutcome]:
    """Return what is known by id of the project, in four statements however many there are."""
    rows = list(Evaluation.objects.exclude(project=None).order_by("created_us", "pk"))
    ids = [row.pk for row in rows]
    decisions = {
        one.evaluation_id: one
        for one in Decision.objects.filter(evaluation__in=ids).order_by("made_us", "pk")
    }
    answered: dict[int, set[str]] = {}
    said = Answer.objects.filter(evaluation__in=ids).exclude(moment=Moment.START.value)
    for one in said:
        if not is_bare_silence(one.code, one.text):
            answered.setdefault(one.evaluation_id, set()).add(one.question)
    findings = Finding.objects.filter(reference__in=[row.reference for row in rows])
    classes = {one.reference: class_of(one).value for one in findings}
    found: dict[int, ProjectOutcome] = {}
    for row in rows:
        outcome = _outcome(row, decisions.get(row.pk), classes, answered.get(row.pk, set()))
        project = row.project_id or 0
        found[project] = _joined(found.get(project, ProjectOutcome()), outcome)
    return found


def read_punctuality(since: date, until: date) -> Punctuality:
    """Return how punctual results were that fell due from ``since`` on and before ``until``.

    A result counts as on time if it was filed on its due day or before; one that says that there
    is none counts as well: what was learned was said when it was promised.
    """
    fixed = Evaluation.objects.exclude(state=EvaluationState.DRAFT.value)
    rows = fixed.filter(due_on__gte=since, due_on__lt=until)
    days = rows.values_list("due_on", "result__filed_us")
    on_time = sum(
        due is not None and at is not None and from_us(at).date() <= due for due, at in days
    )
    return Punctuality(len(days), on_time)


def _outcome(
    row: Evaluation, decision: Decision | None, classes: dict[str, int], answered: set[str]
) -> ProjectOutcome:
    outcome = decision.decision if decision is not None else ""
    is_decided = decision is not None and outcome != UNDECIDED
    return ProjectOutcome(
        decision=outcome,
        decided_on=decision.decided_on if decision is not None and is_decided else None,
        evidence_class=classes.get(row.reference),
        has_review=answered >= REVIEW_QUESTIONS,
        has_learning_report=outcome == "end",
        has_plan=row.state != EvaluationState.DRAFT.value,
    )


def _joined(old: ProjectOutcome, new: ProjectOutcome) -> ProjectOutcome:
    """The newest decision counts, and the best of everything else."""
    classes = [one for one in (old.evidence_class, new.evidence_class) if one is not None]
    has_newer = bool(new.decision)
    return ProjectOutcome(
        decision=new.decision or old.decision,
        decided_on=new.decided_on if has_newer else old.decided_on,
        evidence_class=max(classes, default=None),
        has_review=old.has_review or new.has_review,
        has_learning_report=new.has_learning_report if has_newer else old.has_learning_report,
        has_plan=old.has_plan or new.has_plan,
    )
