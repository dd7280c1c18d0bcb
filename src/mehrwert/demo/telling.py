"""How far the story of the thirsty trees is in a town: read from what is really there."""

from dataclasses import dataclass

from mehrwert.alerts.models import Alert
from mehrwert.alerts.queries import list_alerts
from mehrwert.base.tenant import tenant_scope
from mehrwert.demo.choices import STORY_KEYS
from mehrwert.evaluation import queries as evaluation
from mehrwert.evaluation.access import find_evaluation
from mehrwert.evaluation.choices import EvaluationState, PaperState
from mehrwert.evaluation.errors import UnknownEvaluationError
from mehrwert.evaluation.models import CouncilPaper, Estimate, Evaluation
from mehrwert.evidence.access import find_finding_of
from mehrwert.evidence.choices import FindingState
from mehrwert.evidence.models import Finding
from mehrwert.municipalities.models import Tenant
from mehrwert.starters.choices import PieceKind, State
from mehrwert.starters.models import Installation
from mehrwert.starters.queries import list_installations

PACKAGE, SOLUTION = "durstige-baeume", "paket-durstige-baeume"


@dataclass(frozen=True, slots=True)
class Telling:
    """What is there of the story in one town; None where it has not come to that."""

    tenant: Tenant
    package: Installation | None = None
    evaluation: Evaluation | None = None
    alert: Alert | None = None
    estimate: Estimate | None = None
    paper: CouncilPaper | None = None
    finding: Finding | None = None

    @property
    def next_step(self) -> str:
        """Return the key of the first step that is not done, empty when all are."""
        is_live = self.package is not None and self.package.state == State.LIVE.value
        is_fixed = (
            self.evaluation is not None and self.evaluation.state != EvaluationState.DRAFT.value
        )
        is_told = self.finding is not None and self.finding.state != FindingState.DRAFT.value
        done = (
            self.package is not None,
            is_live and is_fixed,
            self.alert is not None,
            self.estimate is not None,
            self.paper is not None,
            is_told,
        )
        return next((key for key, ok in zip(STORY_KEYS, done, strict=True) if not ok), "")

    def is_done(self, key: str) -> bool:
        """Say whether a step is done."""
        return not self.next_step or STORY_KEYS.index(key) < STORY_KEYS.index(self.next_step)


def read_telling(tenant: Tenant) -> Telling:
    """Return how far the story is in a town."""
    with tenant_scope(tenant.pk):
        package = list_installations().get(PACKAGE)
        if package is None:
            return Telling(tenant)
        row = _evaluation(package)
        alert = _alert(package)
        if row is None:
            return Telling(tenant, package, alert=alert)
        paper = evaluation.list_papers(row).filter(state=PaperState.RELEASED.value).first()
        return Telling(
            tenant,
            package,
            row,
            alert,
            evaluation.newest_estimate(row),
            paper,
            find_finding_of(row.reference),
        )


def _evaluation(package: Installation) -> Evaluation | None:
    ids = package.pieces.filter(kind=PieceKind.PLAN.value).values_list("object_id", flat=True)
    try:
        return find_evaluation(ids[0] or 0) if ids else None
    except UnknownEvaluationError:
        return None


def _alert(package: Installation) -> Alert | None:
    """Return the newest alert of a rule of the package."""
    rules = package.pieces.filter(kind=PieceKind.RULE.value).values_list("object_id", flat=True)
    return list_alerts().filter(rule_id__in=list(rules)).first()
