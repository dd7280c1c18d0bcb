"""Files of one evaluation: values of the figure, the figure, the answers."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from mehrwert.base.clock import from_us
from mehrwert.base.errors import NotFoundError
from mehrwert.base.http import csv_response, needs
from mehrwert.evaluation import access, presenting, queries
from mehrwert.evaluation.choices import B_CODES, QUESTIONS, QUESTIONS_VERSION
from mehrwert.evaluation.models import Estimate, Evaluation
from mehrwert.evaluation.rules import dispersion
from mehrwert.figures.text import number


def _estimate(request: HttpRequest, row: Evaluation) -> Estimate:
    asked = request.GET.get("berechnung", "")
    found = queries.read_estimate(row, int(asked)) if asked.isdigit() else None
    found = found or queries.newest_estimate(row)
    if found is None:
        raise NotFoundError
    return found


@needs("read")
@require_safe
def values_csv(request: HttpRequest, evaluation_id: int) -> HttpResponse:
    """Give the values of the figure for a spreadsheet."""
    row = access.find_evaluation(evaluation_id)
    record = _estimate(request, row).record
    head = [
        *(gettext("Monat"), gettext("gemessen"), gettext("ohne die Lösung erwartet")),
        *(gettext("von"), gettext("bis")),
    ]
    rows = (
        [line["month"], *(_plain(line[name]) for name in ("observed", "expected", "low", "high"))]
        for line in presenting.table_rows(record)
    )
    return csv_response(request, f"bewertung-{row.pk}.csv", head, rows)


def _plain(value: float | None) -> str:
    return number(value, 6).replace(".", "") if value is not None else ""


@needs("read")
@require_safe
def figure_svg(request: HttpRequest, evaluation_id: int) -> HttpResponse:
    """Give the figure as a file."""
    row = access.find_evaluation(evaluation_id)
    plan, estimate = queries.plan_of(row), _estimate(request, row)
    shown = presenting.show(row, plan, estimate)
    svg = presenting.figure_alone(
        plan,
        estimate.record,
        title=plan.indicator_name,
        description=presenting.figure_sentence(plan, shown),
    )
    if not svg:
        raise NotFoundError
    response = HttpResponse(svg, content_type="image/svg+xml")
    response["Content-Disposition"] = f'attachment; filename="bewertung-{row.pk}.svg"'
    return response


@needs("read")
@require_safe
def answers_json(request: HttpRequest, evaluation_id: int) -> HttpResponse:
    """Give the answers with stable ids; names of persons are not part of it (PF-121, EVI-33)."""
    row = access.find_evaluation(evaluation_id)
    answers: list[dict[str, Any]] = [
        {
            "question": answer.question,
            "version": answer.version,
            "role": answer.role,
            "date": from_us(answer.answered_us).date().isoformat(),
            "code": answer.code,
            "text": answer.text,
        }
        for answer in queries.list_answers(row)
    ]
    document = {
        "questionnaire": QUESTIONS_VERSION,
        "questions": list(QUESTIONS),
        "project": row.title,
        "is_demo": row.is_demo,
        "answers": answers,
        "dispersion": {
            question: dispersion(a["code"] for a in answers if a["question"] == question)
            for question in B_CODES
        },
    }
    return JsonResponse(document, json_dumps_params={"ensure_ascii": False})
