"""The list of evaluations and the page of one."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from mehrwert.base.errors import MehrwertError
from mehrwert.base.http import actor_of, needs, render_page
from mehrwert.base.http_errors import sentence_of
from mehrwert.base.paging import paginate
from mehrwert.evaluation import access, actions, jobs, presenting, queries
from mehrwert.evaluation.choices import DECISION_LABELS, STATE_LABELS, EvaluationState
from mehrwert.evaluation.models import Estimate, Evaluation
from mehrwert.evaluation.rules import Plan, label_of
from mehrwert.evaluation.rules.months import first_day
from mehrwert.evaluation.rules.plan import MISSING
from mehrwert.evaluation.towns import several_view, starts_words
from mehrwert.evaluation.views.common import address, crumbs
from mehrwert.evidence.queries import read_own_finding

STATES = ("", "draft", "frozen", "reported", "decided", "ended")
ON_PAGE = 20


@needs("read")
@require_safe
def evaluation_list(request: Any) -> HttpResponse:
    """List what is judged here, what is due, and what was learned."""
    state = request.GET.get("stand", "")
    rows = queries.list_evaluations(state=state if state in STATES else "")
    page = paginate(request, rows, size=ON_PAGE)
    context = {
        "crumbs": crumbs(request),
        "page": page,
        "lines": [_line(request, queries.line_of(row)) for row in page.items],
        "due": [_due(request, row) for row in queries.list_due()[:5]],
        "state": state,
        "states": [
            ("", gettext("alle")),
            *((key, gettext(label)) for key, label in STATE_LABELS.items()),
            ("ended", gettext("Lernberichte")),
        ],
        "new_url": address(request, "new"),
    }
    return render_page(request, "evaluation/list.html", context)


def _line(request: HttpRequest, line: queries.Line) -> dict[str, Any]:
    row, estimate = line.row, line.estimate
    decisions = list(row.decisions.all())
    shown = presenting.show(row, line.plan, estimate) if estimate else None
    return {
        "row": row,
        "url": address(request, "evaluation", row),
        "state": gettext(STATE_LABELS[row.state]),
        "shown": shown,
        "is_overdue": line.is_overdue,
        "decision": gettext(DECISION_LABELS[decisions[-1].decision]) if decisions else "",
    }


def _due(request: HttpRequest, row: Evaluation) -> dict[str, Any]:
    return {
        "row": row,
        "url": address(request, "evaluation", row),
        "is_overdue": queries.line_of(row).is_overdue,
    }


@needs("read")
@require_safe
def evaluation(request: Any, evaluation_id: int) -> HttpResponse:
    """Show what is known of one evaluation, what is not, and what comes next."""
    row = access.find_evaluation(evaluation_id)
    plan = queries.plan_of(row)
    estimate = _chosen(request, row)
    context: dict[str, Any] = {
        "crumbs": crumbs(request, row),
        "row": row,
        "plan": plan,
        "facts": plan_facts(plan),
        "state": gettext(STATE_LABELS[row.state]),
        "estimates": list(queries.list_estimates(row)[:10]),
        "result": _result(row),
        "finding": read_own_finding(row.reference),
        "decision": queries.newest_decision(row),
        "is_running": bool(row.job_id) and estimate is None,
        "may_edit": request.can("edit_data"),
        "may_decide": request.can("decide"),
        "register_url": _register_url(row),
        "measured_until": _measured_until(plan),
        "draft": _draft(row, plan) if row.state == EvaluationState.DRAFT.value else None,
        **_estimate_context(request, row, plan, estimate),
    }
    decision = context["decision"]
    context["decision_label"] = gettext(DECISION_LABELS[decision.decision]) if decision else ""
    return render_page(request, "evaluation/evaluation.html", context)


def _measured_until(plan: Plan) -> str:
    """Return the last month of the window while it lies ahead, empty afterwards."""
    if first_day(plan.last_month + 1) <= timezone.localdate():
        return ""
    return presenting.month_words(label_of(plan.last_month))


def _draft(row: Evaluation, plan: Plan) -> dict[str, Any]:
    """Return what keeps a draft from being fixed, and whether its start lies behind already."""
    return {
        "missing": [gettext(MISSING[code]) % data for code, data in queries.list_missing(plan)],
        "is_late": first_day(plan.start_month) <= timezone.localdate(),
    }


def _chosen(request: HttpRequest, row: Evaluation) -> Estimate | None:
    asked = request.GET.get("berechnung", "")
    found = queries.read_estimate(row, int(asked)) if asked.isdigit() else None
    return found or queries.newest_estimate(row)


def _estimate_context(
    request: Any, row: Evaluation, plan: Plan, estimate: Estimate | None
) -> dict[str, Any]:
    if estimate is None:
        return {"shown": None}
    shown = presenting.show(row, plan, estimate)
    sentence = presenting.figure_sentence(plan, shown)
    return {
        "estimate": estimate,
        "shown": shown,
        "figure_sentence": sentence,
        "figure": presenting.figure(
            plan, estimate.record, title=plan.indicator_name, description=sentence
        ),
        "rows": presenting.table_rows(estimate.record),
        "csv_url": f"{address(request, 'csv', row)}?berechnung={estimate.pk}",
        "svg_url": f"{address(request, 'svg', row)}?berechnung={estimate.pk}",
        "several": several_view(plan, estimate.record, request.tenant.name),
        "cite": citation(row, estimate),
        "sources": sources(plan),
        "as_of": presenting.as_of(estimate),
    }


def citation(row: Evaluation, estimate: Estimate) -> str:
    """Return how the figure is quoted: title, method, fingerprints."""
    return (
        f"{row.title}. {gettext('Verfahren')} {estimate.method},"
        f" {gettext('Regeln')} {estimate.ruleset}, SHA-256 {estimate.record_hash}"
    )


def sources(plan: Plan) -> list[str]:
    """Return the credits of the series used."""
    ids = [plan.datastream_id, *plan.comparisons, *plan.no_effect, *plan.exposure]
    known = {row.id: row for row in queries.list_series()}
    texts = [
        " · ".join(part for part in (known[i].name, known[i].credit, known[i].licence) if part)
        for i in ids
        if i in known
    ]
    return list(dict.fromkeys(texts))


def plan_facts(plan: Plan) -> list[tuple[str, str]]:
    """Return the plan as pairs of label and words."""
    months = presenting.month_words
    better = gettext("mehr") if plan.good_direction == "up" else gettext("weniger")
    found = [
        (gettext("Ziel"), plan.goal),
        (gettext("Kennzahl"), f"{plan.indicator_name} ({plan.unit})"),
        (gettext("Besser ist"), better),
        (gettext("Lohnt sich ab"), presenting.sesoi_words(plan)),
        (gettext("Erster Monat im vollen Betrieb"), months(label_of(plan.start_month))),
        (
            gettext("Zeitraum"),
            gettext("%(first)s bis %(last)s")
            % {
                "first": months(label_of(plan.first_month)),
                "last": months(label_of(plan.last_month)),
            },
        ),
        (gettext("Vergleichsorte"), ", ".join(plan.comparisons.values()) or gettext("keine")),
        (gettext("Nützt"), plan.beneficiaries or gettext("keine Angabe")),
        (gettext("Ausgewertet von"), plan.evaluator or gettext("der Kommune selbst")),
    ]
    if plan.mechanism:
        found.insert(1, (gettext("Wie es dazu kommen soll"), plan.mechanism))
    if plan.exposure:
        found.append((gettext("Gezählt je"), ", ".join(plan.exposure.values())))
    if plan.comparison_starts:
        found.append((gettext("Selbst begonnen haben"), starts_words(plan)))
    if plan.baseline_waiver:
        found.append((gettext("Ohne Ausgangswerte, weil"), plan.baseline_waiver))
    return found


def _result(row: Evaluation) -> dict[str, Any] | None:
    result = queries.read_result(row)
    if result is None:
        return None
    return {"row": result, "label": presenting.result_label(result)}


def _register_url(row: Evaluation) -> str:
    if not row.plan_hash:
        return ""
    return reverse("evidence:plan", kwargs={"plan_hash": row.plan_hash})


@needs("edit_data")
@require_POST
def compute(request: Any, evaluation_id: int) -> HttpResponse:
    """Start the computation and show its progress."""
    row = access.find_evaluation(evaluation_id)
    try:
        job_id = actions.start_estimate(row, jobs.estimate_effect, actor=actor_of(request))
    except MehrwertError as error:
        messages.error(request, sentence_of(error))
        return redirect(address(request, "evaluation", row))
    return redirect("base:job", mandant=request.tenant.slug, job_id=job_id)
