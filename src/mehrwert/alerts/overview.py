"""What the overview of a municipality says: one answer for each use case, the most urgent first."""

from collections.abc import Sequence
from typing import Any, cast

from django.http import HttpRequest
from django.utils.translation import gettext

from mehrwert.alerts import queries, situations
from mehrwert.alerts.choices import Shape, Standing
from mehrwert.alerts.presenting import address
from mehrwert.alerts.queries import CaseRow, CountRow
from mehrwert.alerts.use_cases import USE_CASES, UseCase
from mehrwert.observations.access import tenant_of

# what stands first: what must be done, what comes, what nobody can judge, and calm only at the end:
# „in Ordnung“ is said of a use case when all its places are judged
URGENCY = (
    Standing.DUE,
    Standing.SOON,
    Standing.SILENT,
    Standing.NO_LIMIT,
    Standing.EMPTY,
    Standing.FINE,
)


def overview_lines(request: HttpRequest, *, with_empty: bool = True) -> list[dict[str, Any]]:
    """Return the use cases with their answers; those without a place last, or not at all."""
    told = queries.read_situation(tenant_of(request).pk, USE_CASES)
    lines = [_line(request, case, rows) for case, rows in told if rows or with_empty]
    return sorted(lines, key=lambda line: line["order"])


def answer_of(case: UseCase, rows: Sequence[CaseRow] | Sequence[CountRow]) -> str:
    """Return the answer to the question of a use case."""
    if case.shape is Shape.COUNTS:
        return situations.counts_answer(cast(Sequence[CountRow], rows))
    if case.shape is Shape.RANKING:
        return situations.ranking_answer(cast(Sequence[CaseRow], rows))
    return situations.limit_answer(case, cast(Sequence[CaseRow], rows))


def _line(
    request: HttpRequest, case: UseCase, rows: list[CaseRow] | list[CountRow]
) -> dict[str, Any]:
    standing = _standing(case, rows)
    line = {
        "title": gettext(case.title),
        "question": gettext(case.question),
        "why": gettext(case.why),
        "n": len({row.thing.id for row in rows}),
        "url": address(request, "case", key=case.key),
        "answer": answer_of(case, rows) if rows else "",
        "order": (standing is None, URGENCY.index(standing) if standing else 0),
    }
    if standing in {Standing.DUE, Standing.SOON, Standing.FINE}:
        line |= {
            "standing": situations.standing_text(case, standing),
            "tag": situations.TAGS[standing],
        }
    return line


def _standing(case: UseCase, rows: list[CaseRow] | list[CountRow]) -> Standing | None:
    """Return how the most urgent place stands; what is only counted has no limit."""
    if not rows:
        return None
    if case.shape is Shape.COUNTS:
        return Standing.NO_LIMIT
    return min((cast(CaseRow, row).outlook.standing for row in rows), key=URGENCY.index)
