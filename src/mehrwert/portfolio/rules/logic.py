"""The logic model as a graph: which arrows lead on, what is missing, what is unproven (EVI-22)."""

from collections.abc import Sequence
from dataclasses import dataclass

from mehrwert.portfolio.choices.logic import StepKind
from mehrwert.portfolio.rules.dependencies import leads_to

ORDER = tuple(kind.value for kind in StepKind)
FAR = (StepKind.OUTCOME.value, StepKind.IMPACT.value)


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its key, its kind, whether an indicator measures it."""

    key: int
    kind: str
    is_measured: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """One arrow with the evidence class of its assumption, 0 to 4."""

    start: int
    end: int
    evidence_class: int = 0


def column_of(kind: str) -> int:
    """Return where a kind stands, 0 = left."""
    return ORDER.index(kind)


def leads_on(start_kind: str, end_kind: str) -> bool:
    """Say whether an arrow goes forward; between equals and backwards it explains nothing."""
    return column_of(start_kind) < column_of(end_kind)


def gaps(steps: Sequence[Step], links: Sequence[Link]) -> list[tuple[str, int]]:
    """Return what is missing as codes of ``GAP_SENTENCES`` with a number."""
    found: list[tuple[str, int]] = []
    outcomes = [step for step in steps if step.kind == StepKind.OUTCOME]
    if not outcomes:
        found.append(("no_outcome", 0))
    elif not any(step.is_measured for step in steps if step.kind in FAR):
        found.append(("unmeasured", 0))
    if outcomes and not _has_way(steps, links):
        found.append(("no_way", 0))
    joined = {link.start for link in links} | {link.end for link in links}
    loose = sum(step.key not in joined for step in steps)
    if links and loose:
        found.append(("loose", loose))
    return found


def _has_way(steps: Sequence[Step], links: Sequence[Link]) -> bool:
    edges: dict[int, list[int]] = {}
    for link in links:
        edges.setdefault(link.start, []).append(link.end)
    starts = [step.key for step in steps if step.kind == StepKind.ACTIVITY]
    ends = [step.key for step in steps if step.kind in FAR]
    return any(leads_to(edges, start, end) for start in starts for end in ends)


def unproven(links: Sequence[Link]) -> int:
    """Return how many arrows rest on nothing but the assumption."""
    return sum(link.evidence_class == 0 for link in links)
