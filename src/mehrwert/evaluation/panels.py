"""What the room shows on pages of others."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from mehrwert.catalogue.models import Solution
from mehrwert.evaluation import presenting, queries
from mehrwert.evaluation.choices import DECISION_LABELS, STATE_LABELS
from mehrwert.evaluation.models import Evaluation
from mehrwert.evaluation.rules import Due, next_due
from mehrwert.municipalities.access import may_at

MOST = 50


def ask(request: HttpRequest, obj: Solution) -> tuple[str, dict[str, Any]] | None:
    """Offer whoever may begin an evaluation to find out whether a solution works there."""
    slug = getattr(request, "nav_slug", "")
    if not may_at(request.user, slug, "edit_data"):
        return None
    url = reverse("evaluation:new", kwargs={"mandant": slug})
    return "evaluation/panel_ask.html", {"url": f"{url}?loesung={obj.slug}"}


def project_address(request: Any, project_id: int) -> str:
    """Return the address of a project's record."""
    kwargs = {"mandant": request.tenant.slug, "project_id": project_id}
    return reverse("portfolio:project", kwargs=kwargs)


def project(request: Any, obj: Any) -> tuple[str, dict[str, Any]]:
    """Show on the record of a project what is known of its effect (PF-19, PF-117)."""
    rows = list(queries.list_evaluations_of(obj)[:MOST])
    slug = request.tenant.slug
    moments = queries.moments_of(rows)
    return "evaluation/panel_project.html", {
        "lines": [_line(request, row, next_due(moments[row.pk])) for row in rows],
        "has_outcome": obj.has_outcome,
        "unlinked": list(queries.list_unlinked()[:MOST]) if request.can("edit_data") else [],
        "link_url": reverse("evaluation:link", kwargs={"mandant": slug, "project_id": obj.pk}),
        "new_url": f"{reverse('evaluation:new', kwargs={'mandant': slug})}?vorhaben={obj.pk}",
    }


def indicator(request: HttpRequest, obj: Any) -> tuple[str, dict[str, Any]] | None:
    """Show on the page of an indicator what was decided on its effect (PF-163)."""
    if obj.project is None:
        return None
    rows = queries.list_evaluations_of(obj.project)[:MOST]
    lines = [
        _line(request, row, None) for row in rows if queries.plan_of(row).indicator_key == obj.key
    ]
    lines = [line for line in lines if line["decision"]]
    return ("evaluation/panel_indicator.html", {"lines": lines}) if lines else None


def _line(request: HttpRequest, row: Evaluation, due: Due | None) -> dict[str, Any]:
    line = queries.line_of(row)
    shown = presenting.show(row, line.plan, line.estimate) if line.estimate else None
    decisions = list(row.decisions.all())
    newest = max(decisions, key=lambda one: one.made_us) if decisions else None
    kwargs = {"mandant": request.tenant.slug, "evaluation_id": row.pk}  # type: ignore[attr-defined]
    return {
        "row": row,
        "url": reverse("evaluation:evaluation", kwargs=kwargs),
        "papers_url": reverse("evaluation:papers", kwargs=kwargs),
        "state": gettext(STATE_LABELS[row.state]),
        "review": _review(reverse("evaluation:reflection", kwargs=kwargs), due),
        "sentence": shown.sentence if shown else "",
        "decision": gettext(DECISION_LABELS[newest.decision]) if newest else "",
    }


def _review(url: str, due: Due | None) -> dict[str, Any] | None:
    """Return what the review asks next, None once everything was said."""
    if due is None:
        return None
    return {**presenting.due_lines([due])[0], "url": f"{url}?anlass={due.moment}"}
