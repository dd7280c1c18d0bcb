"""Fundings of a project, what it replaces and needs; cliff and lead times of all."""

from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from mehrwert.base.http import actor_of, csv_response, needs, render_page
from mehrwert.portfolio import access, actions, queries
from mehrwert.portfolio.choices import GATE_LABELS
from mehrwert.portfolio.choices.indicators import DEPENDENCY_LABELS
from mehrwert.portfolio.forms import (
    ConfirmReplacementForm,
    DependencyForm,
    FundingDecisionForm,
    FundingForm,
    ReplacementForm,
    SplitForm,
)
from mehrwert.portfolio.models import Funding, Project
from mehrwert.portfolio.presenting import outlook as words
from mehrwert.portfolio.presenting.duties import duty_line
from mehrwert.portfolio.presenting.words import euro
from mehrwert.portfolio.views.common import Ask, address, ask, crumbs, file_context, posted


@needs("read")
@require_safe
def financing(request: Any, project_id: int) -> HttpResponse:
    """Show fundings with their end, what is switched off in return, dependencies."""
    row = access.find_project(project_id)
    today = timezone.localdate()
    context = {
        **file_context(request, row, "financing"),
        "running": euro(row.running_eur),
        "fundings": [_funding(request, one) for one in queries.list_fundings(row)],
        "replacements": [
            {
                **words.replacement_line(one, today),
                "confirm_url": address(request, "replacement_confirm", row, replacement_id=one.pk),
            }
            for one in queries.list_replacements(row)
        ],
        "dependencies": [
            {
                "row": one,
                "kind": gettext(DEPENDENCY_LABELS[one.kind]),
                "url": address(request, "project", one.target),
            }
            for one in queries.list_dependencies(row)
        ],
        "duties": [
            {
                **duty_line(one),
                "url": address(request, "duty", duty_id=one.pk),
                "unlink_url": address(request, "duty_unlink", row, duty_id=one.pk),
            }
            for one in queries.list_duties(row)
        ],
        "split": words.split_view(queries.read_split(row)),
        "urls": {
            name: address(request, f"{name}_new", row)
            for name in ("funding", "replacement", "dependency", "duty", "split")
        },
        "may_edit": request.can("edit_data") and row.state != "ended",
        "may_money": request.can("money") and row.state != "ended",
    }
    return render_page(request, "portfolio/financing.html", context)


def _funding(request: HttpRequest, one: Funding) -> dict[str, Any]:
    return {
        "row": one,
        "percent": words.percent(one.share),
        "report_url": address(request, "funder_report", one.project, funding_id=one.pk),
        "decide_url": address(request, "funding_decide", one.project, funding_id=one.pk),
    }


def _page(request: HttpRequest, row: Project, title: str, done: str) -> Ask:
    return Ask(title, address(request, "financing", row), done, lead=row.title)


@needs("money")
@require_http_methods(["GET", "HEAD", "POST"])
def funding_new(request: Any, project_id: int) -> HttpResponse:
    """Note a funding."""
    row = access.find_project(project_id)

    def act(given: dict[str, Any]) -> None:
        share = given.pop("percent") / Decimal(100)
        actions.add_funding(
            row, actions.FundingInput(share=share, **given), actor=actor_of(request)
        )

    page = _page(
        request, row, gettext("Förderung eintragen"), gettext("Die Förderung ist eingetragen.")
    )
    context = file_context(request, row, "financing", page.title)
    return ask(request, page, FundingForm(posted(request)), act, context)


@needs("money")
@require_http_methods(["GET", "HEAD", "POST"])
def funding_decide(request: Any, project_id: int, funding_id: int) -> HttpResponse:
    """Note how it goes on after a funding."""
    row = access.find_project(project_id)
    funding = access.find_funding(row, funding_id)

    def act(given: dict[str, Any]) -> None:
        actions.decide_funding(funding, actor=actor_of(request), **given)

    page = _page(
        request,
        row,
        gettext("Wie geht es danach weiter?"),
        gettext("Der Beschluss steht da."),
    )
    context = file_context(request, row, "financing", page.title)
    return ask(request, page, FundingDecisionForm(posted(request)), act, context)


@needs("money")
@require_http_methods(["GET", "HEAD", "POST"])
def replacement_new(request: Any, project_id: int) -> HttpResponse:
    """Note what is switched off in return."""
    row = access.find_project(project_id)

    def act(given: dict[str, Any]) -> None:
        actions.add_replacement(row, actor=actor_of(request), **given)

    page = _page(
        request, row, gettext("Ablösung eintragen"), gettext("Die Ablösung ist eingetragen.")
    )
    context = file_context(request, row, "financing", page.title)
    return ask(request, page, ReplacementForm(posted(request)), act, context)


@needs("money")
@require_http_methods(["GET", "HEAD", "POST"])
def replacement_confirm(request: Any, project_id: int, replacement_id: int) -> HttpResponse:
    """Note who confirms that something old is switched off."""
    row = access.find_project(project_id)
    one = access.find_replacement(row, replacement_id)

    def act(given: dict[str, Any]) -> None:
        actions.confirm_replacement(one, actor=actor_of(request), **given)

    page = Ask(
        gettext("Ablösung bestätigen"),
        address(request, "financing", row),
        gettext("Die Ablösung ist bestätigt."),
        lead=one.name,
    )
    context = file_context(request, row, "financing", page.title)
    return ask(request, page, ConfirmReplacementForm(posted(request)), act, context)


@needs("money")
@require_http_methods(["GET", "HEAD", "POST"])
def split_new(request: Any, project_id: int) -> HttpResponse:
    """Say where the benefit of a project arises."""
    row = access.find_project(project_id)
    found = queries.read_split(row)
    form = SplitForm(
        posted(request),
        positions=words.positions_of(row),
        initial=words.split_values(found),
    )

    def act(_: dict[str, Any]) -> None:
        actions.plan_split(row, form.told(), actor=actor_of(request))

    page = Ask(
        gettext("Wer profitiert?"),
        address(request, "financing", row),
        gettext("Die Anteile stehen da."),
        lead=gettext("Ein Vorschlag, wer nach dem Nutzen zahlen würde. Gebucht wird nichts."),
    )
    return ask(request, page, form, act, file_context(request, row, "financing", page.title))


@needs("edit_data")
@require_http_methods(["GET", "HEAD", "POST"])
def dependency_new(request: Any, project_id: int) -> HttpResponse:
    """Note what a project needs, feeds or replaces."""
    row = access.find_project(project_id)
    others = [(one.pk, one.title) for one in queries.list_projects() if one.pk != row.pk]
    form = DependencyForm(posted(request), projects=others)

    def act(given: dict[str, Any]) -> None:
        actions.add_dependency(
            row,
            access.find_project(given["target"]),
            given["kind"],
            role=str(request.role_label),
            actor=actor_of(request),
        )

    page = _page(
        request,
        row,
        gettext("Abhängigkeit eintragen"),
        gettext("Die Abhängigkeit ist eingetragen."),
    )
    return ask(request, page, form, act, file_context(request, row, "financing", page.title))


@needs("read")
@require_safe
def outlook(request: Any) -> HttpResponse:
    """Show the funding cliff as a calendar, how long gates take, and who needs whom."""
    today = timezone.localdate()
    lines = queries.list_cliff(today)
    title = gettext("Ausblick")
    shown = [
        {
            **words.cliff_line(line, today),
            "url": address(request, "financing", line.funding.project),
        }
        for line in lines
    ]
    context = {
        "crumbs": crumbs(request, None, title),
        "title": title,
        "cliff": words.cliff_table(lines, queries.cliff_of(lines, today), today),
        "lines": shown,
        "alarms": [line for line in shown if line["is_alarm"]],
        "lead_times": [
            {**words.lead_line(one), "gate": f"{one.gate} · {gettext(GATE_LABELS[one.gate])}"}
            for one in queries.list_lead_times(today)
        ],
        **_graph(request),
        "replaced": words.replaced_view(
            list(queries.list_replacements()), today, lambda one: address(request, "financing", one)
        ),
        "csv_url": address(request, "cliff_csv"),
        "replaced_csv_url": address(request, "replaced_csv"),
        "graph_csv_url": address(request, "graph_csv"),
        "today": today,
    }
    return render_page(request, "portfolio/outlook.html", context)


def _graph(request: HttpRequest) -> dict[str, Any]:
    found = queries.read_graph()
    return {
        "graph": words.graph_svg(found),
        "needs": [
            {
                "row": one,
                "kind": gettext(DEPENDENCY_LABELS[one.kind]),
                "url": address(request, "project", one.project),
                "target_url": address(request, "project", one.target),
            }
            for one in found.edges
        ],
    }


@needs("read")
@require_safe
def replaced_csv(request: HttpRequest) -> HttpResponse:
    """Return everything old that is switched off in return, as a table."""
    today = timezone.localdate()
    head = ("vorhaben", "abgeschaltet", "ab", "eur_im_jahr", "bestaetigt_von", "zaehlt")
    rows = (words.replaced_csv_row(one, today) for one in queries.list_replacements())
    return csv_response(request, "abloesungen.csv", head, rows)


@needs("read")
@require_safe
def graph_csv(request: HttpRequest) -> HttpResponse:
    """Return who needs, feeds or replaces whom as a table."""
    head = ("vorhaben", "kennung", "art", "anderes_vorhaben", "andere_kennung", "bestaetigt_von")
    rows = (
        [
            one.project.title,
            str(one.project.uuid),
            one.kind,
            one.target.title,
            str(one.target.uuid),
            one.confirmed_by,
        ]
        for one in queries.read_graph().edges
    )
    return csv_response(request, "abhaengigkeiten.csv", head, rows)


@needs("read")
@require_safe
def cliff_csv(request: HttpRequest) -> HttpResponse:
    """Return the funding cliff as a table."""
    today = timezone.localdate()
    years = [str(year) for year in range(today.year, today.year + 4)]
    head = (
        "vorhaben", "programm", "ende", "zweckbindung_bis", "anteil", "beschlossen_am",
        "weiter_finanziert_aus", "alarm", *years,
    )  # fmt: skip
    rows = (words.cliff_csv_row(line, today) for line in queries.list_cliff(today))
    return csv_response(request, "foerderklippe.csv", head, rows)
