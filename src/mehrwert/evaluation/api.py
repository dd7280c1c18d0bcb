"""Files of one evaluation: values of the figure, the figure, the answers."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from mehrwert.base.clock import from_us
from mehrwert.base.errors import NotFoundError
from mehrwert.base.http import csv_response, needs
from mehrwert.evaluation import access, presenting, queries
from mehrwert.evaluation.choices import CODES, QUESTIONS, QUESTIONS_VERSION
from mehrwert.evaluation.models import Answer, Estimate, Evaluation
from mehrwert.evaluation.ods import ODS, ods_sheet
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


def newest_codes(answers: Sequence[Answer], question: str) -> list[str]:
    """Return the code each role gave last to a question."""
    given = sorted((a for a in answers if a.question == question), key=lambda a: a.answered_us)
    return list({(a.role, a.voice_id): a.code for a in given}.values())


def _answer(answer: Answer) -> dict[str, Any]:
    return {
        "question": answer.question,
        "version": answer.version,
        "moment": answer.moment,
        "role": answer.role,
        "date": from_us(answer.answered_us).date().isoformat(),
        "code": answer.code,
        "text": answer.text,
    }


@needs("read")
@require_safe
def answers_json(request: HttpRequest, evaluation_id: int) -> HttpResponse:
    """Give the answers with stable ids; names of persons are not part of it (PF-121, EVI-33)."""
    row = access.find_evaluation(evaluation_id)
    answers = queries.list_answers(row)
    document = {
        "questionnaire": QUESTIONS_VERSION,
        "questions": list(QUESTIONS),
        "project": row.title,
        "is_demo": row.is_demo,
        "answers": [_answer(answer) for answer in answers],
        "dispersion": {question: dispersion(newest_codes(answers, question)) for question in CODES},
    }
    return JsonResponse(document, json_dumps_params={"ensure_ascii": False})


@needs("read")
@require_safe
def answers_ods(request: HttpRequest, evaluation_id: int) -> HttpResponse:
    """Give the answers as a sheet, one row each (PF-121)."""
    row = access.find_evaluation(evaluation_id)
    rows = [_answer(answer) for answer in queries.list_answers(row)]
    head = ["question", "version", "moment", "role", "date", "code", "text"]
    sheet = ods_sheet(row.title, [head, *([one[name] for name in head] for one in rows)])
    response = HttpResponse(sheet, content_type=ODS)
    response["Content-Disposition"] = f'attachment; filename="rueckschau-{row.pk}.ods"'
    return response
