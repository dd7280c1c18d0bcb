"""Size of an effect and quality of its evidence are two things: five marks beside the sentence."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext

from mehrwert.catalogue.errors import UnknownSolutionError
from mehrwert.catalogue.queries import read_cost_range, read_solution
from mehrwert.evidence.choices import MARK_LABELS, MARK_WORDS
from mehrwert.evidence.models import Finding
from mehrwert.evidence.queries import PoolKey, count_mechanisms
from mehrwert.evidence.rules import Pool
from mehrwert.evidence.rules.emmie import Emmie, Known, emmie
from mehrwert.evidence.rules.pooling import size_class


def five_marks(findings: Sequence[Finding], found: Pool | None) -> list[dict[str, Any]]:
    """Return the five marks of a pool, each with its stamps and what it rests on (EVI-38)."""
    known = _known(findings, found)
    marks = emmie(known)
    counted = {
        "sizes": len(known.sizes),
        "lessons": known.lessons,
        "costs": known.costs,
        "told": known.told,
        "k": known.municipalities,
    }
    return [
        {
            "name": gettext(MARK_LABELS[name]),
            "score": score,
            "stamps": tuple(number <= score for number in range(1, 5)),
            "text": gettext(MARK_WORDS[name]) % counted,
        }
        for name, score in _pairs(marks)
    ]


def _pairs(marks: Emmie) -> list[tuple[str, int]]:
    return [(name, getattr(marks, name)) for name in MARK_LABELS]


def _known(findings: Sequence[Finding], found: Pool | None) -> Known:
    measured = [row for row in findings if row.theta is not None]
    sizes = {size_class(row.population) for row in measured} - {None}
    return Known(
        evidence_class=found.evidence_class.value if found else 0,
        municipalities=len({row.municipality_key for row in measured}),
        sizes=frozenset(size for size in sizes if size is not None),
        lessons=len({row.municipality_key for row in findings if row.lesson}),
        costs=_count_costs(findings[0].solution_root) if findings else 0,
        told=count_mechanisms(PoolKey.of(findings[0])) if findings else 0,
    )


def _count_costs(solution_root: str) -> int:
    """Return how many municipalities said what it costs; ranges begin with three of them."""
    try:
        solution = read_solution(solution_root)
    except UnknownSolutionError:
        return 0
    cost = read_cost_range(solution.pk)
    return cost.n if cost else 0
