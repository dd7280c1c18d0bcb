"""Public pages: what is known together, the register of plans."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from mehrwert.base.canonical import canonical_json
from mehrwert.base.clock import from_us
from mehrwert.base.errors import NotFoundError
from mehrwert.base.http import csv_response, render_page
from mehrwert.base.paging import paginate
from mehrwert.base.rows import first_of
from mehrwert.catalogue.queries import read_home_of
from mehrwert.evidence import presenting, queries
from mehrwert.evidence.choices import RESULT_LABELS, PlanState
from mehrwert.evidence.errors import UnknownPoolError
from mehrwert.evidence.fitting import (
    Fit,
    Version,
    beneath,
    fit_words,
    group_lines,
    version_words,
)
from mehrwert.evidence.five_marks import five_marks
from mehrwert.evidence.forms import FitForm
from mehrwert.evidence.models import Finding, RegisteredPlan
from mehrwert.evidence.queries import PoolKey
from mehrwert.evidence.rules import Pool
from mehrwert.evidence.wording import plan_facts
from mehrwert.figures.text import number

ON_PAGE = 20
MOST_DIGITS = 7


@require_safe
def pool_list(request: HttpRequest) -> HttpResponse:
    """List what municipalities found out, whatever it was."""
    page = paginate(request, queries.list_pool_lines(), size=ON_PAGE)
    pools = queries.compute_pools([line.key for line in page.items])
    lines = []
    for line in page.items:
        findings, found = pools[line.key]
        shown = presenting.show(findings, found) if found else None
        lines.append({"line": line, "shown": shown})
    context = {
        "page": page,
        "lines": lines,
        "overdue": queries.list_overdue().count(),
        "crumbs": [(gettext("Belege"), "")],
    }
    return render_page(request, "evidence/list.html", context)


@require_safe
def pool(request: HttpRequest, finding_id: int) -> HttpResponse:
    """Show what is known of one solution and one indicator, and whether it holds for us."""
    key, findings, found = _pool(finding_id)
    shown = presenting.show(findings, found) if found else None
    stored = queries.read_synthesis(key)
    form = FitForm({"einwohner": request.GET.get("einwohner", _own_size(request))})
    withdrawn = list(queries.list_withdrawn(key))
    first = (findings or withdrawn)[0]
    context = {
        "crumbs": [(gettext("Belege"), "../"), (first.solution, "")],
        "first": first,
        "shown": shown,
        "pool": found,
        "rows": presenting.finding_rows(findings, found),
        "groups": group_lines(findings) if findings else [],
        "beneath": beneath(findings, found) if found else [],
        "earlier": _earlier(first, key, request.GET.get("version", "")),
        "versions": queries.list_syntheses(key),
        "marks": five_marks(findings, found) if findings else [],
        "figure": presenting.forest(findings, found, shown) if findings else "",
        "withdrawn": withdrawn,
        "missing": presenting.missing_words(first, found) if found else "",
        "mappings": queries.list_mappings_of(key),
        "register": presenting.register_words(key),
        "synthesis": stored,
        "fit_form": form,
        "fit": _fit(form, findings, found),
        "cite": presenting.cite(first, stored),
        "sources": [f"{row.municipality}: {row.evaluator}" for row in findings],
    }
    return render_page(request, "evidence/pool.html", context)


def _own_size(request: HttpRequest) -> str:
    """Return the inhabitants of the municipality somebody works for, empty where unknown."""
    home = read_home_of(request.user)
    return str(home.population) if home and home.population else ""


def _pool(finding_id: int) -> tuple[PoolKey, list[Finding], Pool | None]:
    key = queries.read_pool_key(finding_id)
    if key is None:
        raise UnknownPoolError
    return key, list(queries.list_findings(key)), queries.compute_pool(key)


def _fit(form: FitForm, findings: list[Finding], found: Pool | None) -> Fit | None:
    """Return what may be expected in a municipality of the size asked for."""
    if found is None or not form.is_bound or not form.is_valid():
        return None
    population = form.cleaned_data["einwohner"]
    return fit_words(findings, found, population) if population else None


def _earlier(first: Finding, key: PoolKey, version: str) -> Version | None:
    """Return the version asked for where it is not the newest; what it said stays as it was."""
    asked = int(version) if version.isdigit() and len(version) < MOST_DIGITS else 0
    newest, stored = queries.read_synthesis(key), queries.read_synthesis(key, asked)
    if not asked or stored is None or newest is None or stored.version == newest.version:
        return None
    return version_words(first, stored.record, stored.version)


@require_safe
def pool_csv(request: HttpRequest, finding_id: int) -> HttpResponse:
    """Give the findings of a pool for a spreadsheet."""
    _, findings, found = _pool(finding_id)
    head = [
        *(gettext("Kommune"), gettext("So gemessen"), gettext("Ergebnis")),
        *("theta", "se", "low", "high"),
        gettext("Gewicht in Prozent"),
    ]
    rows = (
        [
            line["row"].municipality,
            line["design"],
            line["result"],
            *(_plain(getattr(line["row"], name)) for name in ("theta", "se", "low", "high")),
            str(line["weight"]),
        ]
        for line in presenting.finding_rows(findings, found)
    )
    return csv_response(request, f"befunde-{finding_id}.csv", head, rows)


def _plain(value: float | None) -> str:
    return number(value, 6).replace(".", "") if value is not None else ""


@require_safe
def pool_svg(request: HttpRequest, finding_id: int) -> HttpResponse:
    """Give the forest plot as a file."""
    _, findings, found = _pool(finding_id)
    if not findings:
        raise UnknownPoolError
    shown = presenting.show(findings, found) if found else None
    svg = presenting.forest_alone(findings, found, shown)
    response = HttpResponse(svg, content_type="image/svg+xml")
    response["Content-Disposition"] = f'attachment; filename="befunde-{finding_id}.svg"'
    return response


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """List the frozen plans; what is overdue is seen by everybody."""
    only_overdue = request.GET.get("nur") == "ueberfaellig"
    page = paginate(request, queries.list_register(only_overdue=only_overdue), size=ON_PAGE)
    today = queries.today_in_register()
    context = {
        "page": page,
        "lines": [_plan_line(row, today) for row in page.items],
        "only_overdue": only_overdue,
        "crumbs": [(gettext("Belege"), "../"), (gettext("Pläne"), "")],
    }
    return render_page(request, "evidence/register.html", context)


def _plan_line(row: RegisteredPlan, today: Any) -> dict[str, Any]:
    is_overdue = row.state in queries.NOT_REPORTED and row.due_on < today
    labels = {
        PlanState.PLANNED.value: gettext("läuft"),
        PlanState.REPORTED.value: gettext("berichtet"),
        PlanState.NOT_MEASURABLE.value: gettext("nicht messbar"),
        PlanState.WITHDRAWN.value: gettext("Befund zurückgezogen"),
    }
    return {
        "row": row,
        "is_overdue": is_overdue,
        "label": gettext("überfällig") if is_overdue else labels[row.state],
        "kind": "bad" if is_overdue else "ok" if row.state == "reported" else "info",
    }


@require_safe
def plan(request: HttpRequest, plan_hash: str) -> HttpResponse:
    """Show a frozen plan with its fingerprint and the text it belongs to."""
    row = _plan(plan_hash)
    context = {
        "crumbs": [
            (gettext("Belege"), "../../"),
            (gettext("Pläne"), "../"),
            (row.title, ""),
        ],
        "row": row,
        "line": _plan_line(row, queries.today_in_register()),
        "frozen": from_us(row.frozen_us),
        "facts": plan_facts(row.document),
        "text": canonical_json(row.document),
        "result_labels": RESULT_LABELS,
    }
    return render_page(request, "evidence/plan.html", context)


@require_safe
def plan_json(request: HttpRequest, plan_hash: str) -> HttpResponse:
    """Give the bytes whose SHA-256 is the fingerprint of the plan."""
    row = _plan(plan_hash)
    return HttpResponse(canonical_json(row.document), content_type="application/json")


def _plan(plan_hash: str) -> RegisteredPlan:
    return first_of(queries.list_register().filter(plan_hash=plan_hash), NotFoundError)
