"""Making a plan, changing it, fixing it for good."""

import math
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from mehrwert.base.errors import MehrwertError
from mehrwert.base.http import actor_of, needs, render_page
from mehrwert.base.http_errors import sentence_of
from mehrwert.evaluation import access, actions, queries
from mehrwert.evaluation.errors import PlanFrozenError
from mehrwert.evaluation.forms import PlanForm
from mehrwert.evaluation.models import Evaluation
from mehrwert.evaluation.rules import Plan, label_of
from mehrwert.evaluation.rules.plan import BY_MONTH
from mehrwert.evaluation.views.common import crumbs, posted, to
from mehrwert.evidence.queries import OWN
from mehrwert.observations.queries import DatastreamRow
from mehrwert.portfolio.access import find_project
from mehrwert.portfolio.models import Project
from mehrwert.stats.effect_rules import EFFECTS

SAME = (
    "beneficiaries", "benefit_kind", "scale", "shape", "ramp_months", "is_count", "is_proxy",
    "evaluator", "baseline_waiver", "first_month", "start_month", "last_month", "good_direction",
    "goal", "mechanism", "events", "instrument_changes", "definition_breaks", "territory_changes",
)  # fmt: skip


@needs("edit_data")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Any) -> HttpResponse:
    """Ask the two questions and what follows from them."""
    return _form(request, None)


@needs("edit_data")
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Any, evaluation_id: int) -> HttpResponse:
    """Change the plan of a draft."""
    row = access.find_evaluation(evaluation_id)
    if row.frozen_us is not None:
        messages.info(request, sentence_of(PlanFrozenError()))
        return to(request, "evaluation", row)
    return _form(request, row)


def _form(request: Any, row: Evaluation | None) -> HttpResponse:
    series = queries.list_series()
    choices = [(s.id, f"{s.thing_name}: {s.name}") for s in series]
    project = None if row else _asked_project(request)
    initial = _initial(row) if row else {"sesoi_percent": _default_sesoi(), **_told(project)}
    wanted = request.POST.get("entry") or request.GET.get("loesung") or initial.get("entry", "")
    entries = queries.list_entries(request.tenant, also=str(wanted)[:80])
    if row is None and wanted in dict(entries):
        initial |= {"entry": wanted, "solution": dict(entries)[wanted]}
    form = PlanForm(posted(request), series=choices, entries=entries, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            saved = _save(request, row, form.cleaned_data, {s.id: s for s in series}, project)
        except MehrwertError as error:
            form.add_error(None, sentence_of(error))
        else:
            messages.success(request, gettext("Der Plan ist gespeichert. Er ist noch änderbar."))
            return to(request, "evaluation", saved)
    title = gettext("Plan ändern") if row else gettext("Bewertung anlegen")
    context = {
        "crumbs": crumbs(request, row, title),
        "form": form,
        "title": title,
        "has_series": bool(series),
    }
    return render_page(request, "evaluation/plan_form.html", context, 422 if form.errors else 200)


def _save(
    request: Any,
    row: Evaluation | None,
    given: dict[str, Any],
    series: dict[int, DatastreamRow],
    project: Project | None,
) -> Evaluation:
    plan, actor = _plan(given, series), actor_of(request)
    if row is not None:
        return actions.update_plan(row, plan, solution=given["solution"], actor=actor)
    is_demo = request.tenant.is_demo
    made = actions.create_evaluation(plan, solution=given["solution"], is_demo=is_demo, actor=actor)
    if project is not None:
        actions.link_project(made, project, actor=actor)
    return made


def _asked_project(request: HttpRequest) -> Project | None:
    """Return the project whose record led here."""
    asked = request.GET.get("vorhaben", "")
    return find_project(int(asked)) if asked.isdigit() else None


def _told(project: Project | None) -> dict[str, Any]:
    """Return what a project already says, so that nobody types it twice."""
    if project is None:
        return {}
    return {
        "goal": project.goal,
        "beneficiaries": project.beneficiaries,
        "start_month": f"{project.starts_on:%m/%Y}",
    }


def _default_sesoi() -> float:
    return round(100 * math.expm1(EFFECTS.sesoi_log_ratio))


def _initial(row: Evaluation) -> dict[str, Any]:
    plan = queries.plan_of(row)
    given = {name: getattr(plan, name) for name in SAME}
    for name in ("first_month", "start_month", "last_month"):
        given[name] = label_of(given[name])
    for name in sorted(BY_MONTH):
        given[name] = "\n".join(f"{label_of(m)} {words}" for m, words in given[name].items())
    return {
        **given,
        "solution": row.solution,
        "entry": queries.entry_of(plan.solution_root),
        "datastream": plan.datastream_id,
        "sesoi_percent": round(100 * math.expm1(plan.sesoi), 1),
        "comparisons": list(plan.comparisons),
        "comparison_starts": "\n".join(
            f"{label_of(month)} {plan.comparisons.get(number, '')}"
            for number, month in plan.comparison_starts.items()
        ),
        "no_effect": next(iter(plan.no_effect), ""),
        "exposure": next(iter(plan.exposure), ""),
    }


def _plan(given: dict[str, Any], series: dict[int, DatastreamRow]) -> Plan:
    own = series[given["datastream"]]
    quiet = given["no_effect"]
    chosen = [s for s in given["comparisons"] if s not in {own.id, quiet}]
    indicator_key = (own.properties or {}).get("indicator_key") or _key(own.name)
    return Plan(
        title=f"{given['solution']}: {own.name}"[:200],
        solution_root=queries.root_of(given["entry"]) or _key(given["solution"]),
        indicator_key=str(indicator_key),
        indicator_name=own.name,
        unit=own.unit_symbol or own.unit_name or "",
        datastream_id=own.id,
        sesoi=math.log1p(given["sesoi_percent"] / 100),
        ruleset=EFFECTS.version,
        comparisons={s: f"{series[s].thing_name}: {series[s].name}" for s in chosen},
        comparison_starts={s: m for s, m in given["comparison_starts"].items() if s in chosen},
        no_effect=_named(quiet, series),
        exposure=_named(given["exposure"] if given["is_count"] else None, series),
        **{name: given[name] for name in SAME},
    )


def _named(number: int | None, series: dict[int, DatastreamRow]) -> dict[int, str]:
    """Return a series with its name, nothing for none."""
    return {number: f"{series[number].thing_name}: {series[number].name}"} if number else {}


def _key(name: str) -> str:
    """Return the own key of a town's indicator or solution; pooled only after it is mapped."""
    return f"{OWN}{slugify(name)}"[:120]


@needs("edit_data")
@require_POST
def freeze(request: Any, evaluation_id: int) -> HttpResponse:
    """Fix the plan for good."""
    row = access.find_evaluation(evaluation_id)
    try:
        row = actions.freeze_plan(row, actor=actor_of(request))
    except MehrwertError as error:
        messages.error(request, sentence_of(error))
        return to(request, "evaluation", row)
    text = gettext("Der Plan ist festgeschrieben. Sein Fingerabdruck steht öffentlich.")
    messages.success(request, text)
    return to(request, "evaluation", row)


@needs("edit_data")
@require_POST
def discard(request: HttpRequest, evaluation_id: int) -> HttpResponse:
    """Forget a draft."""
    row = access.find_evaluation(evaluation_id)
    actions.discard_draft(row, actor=actor_of(request))
    messages.success(request, gettext("Der Entwurf ist verworfen."))
    return to(request, "list")
