"""What the room shows on pages of others."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from mehrwert.catalogue.models import Solution
from mehrwert.municipalities.access import may_at
from mehrwert.portfolio import queries
from mehrwert.portfolio.models import DeclaredAdoption
from mehrwert.portfolio.presenting.adoptions import adoption_line, documented_line
from mehrwert.portfolio.presenting.costs import own_costs_url, sheet_shown
from mehrwert.portfolio.presenting.outlook import replaced_words
from mehrwert.portfolio.presenting.words import month_words

SHOWN = 5


def home(request: HttpRequest, obj: object) -> tuple[str, dict[str, Any]] | None:
    """Show on the start page what is to be decided and which reports are due; else nothing."""
    today = timezone.localdate()
    decisions = list(queries.list_decisions()[:SHOWN])
    due = [one for one in queries.list_due_reports(today) if one.is_soon]
    if not decisions and not due:
        return None
    slug = request.tenant.slug  # type: ignore[attr-defined]
    return "portfolio/parts/home.html", {
        "list_url": reverse("portfolio:list", kwargs={"mandant": slug}),
        "decisions": [
            {
                "row": row,
                "url": _url(slug, "reports", row.project_id),
                "is_over": row.until < today,
            }
            for row in decisions
        ],
        "due": [
            {
                "row": one,
                "month": month_words(one.month),
                "url": _url(slug, "report_new", one.project.pk, month=f"{one.month:%Y-%m}"),
            }
            for one in due[:SHOWN]
        ],
        "may_edit": request.can("edit_data"),  # type: ignore[attr-defined]
    }


def _url(slug: str, name: str, project_id: int, **more: str) -> str:
    kwargs = {"mandant": slug, "project_id": project_id, **more}
    return reverse(f"portfolio:{name}", kwargs=kwargs)


def solution_step(request: Any, obj: Solution) -> tuple[str, dict[str, Any]] | None:
    """Offer whoever may declare a use to do so; nothing for strangers and for readers."""
    slug = getattr(request, "nav_slug", "")
    if not may_at(request.user, slug, "edit_data"):
        return None
    given = {"mandant": slug, "slug": obj.slug}
    return "portfolio/parts/step.html", {"url": reverse("portfolio:adoption_declare", kwargs=given)}


def own_catalogue(request: HttpRequest, obj: object) -> tuple[str, dict[str, Any]]:
    """Show what the municipality uses and what sources say of it."""
    return "portfolio/parts/own_catalogue.html", {
        "documented": [documented_line(row) for row in queries.list_documented()],
        "lines": [adoption_line(row) for row in queries.list_adoptions()],
        "may_edit": request.can("edit_data"),  # type: ignore[attr-defined]
    }


def adoption_costs(request: Any, obj: DeclaredAdoption) -> tuple[str, dict[str, Any]]:
    """Show what a use costs, with the way to enter it."""
    sheet = queries.read_sheet(obj)
    given = {"mandant": request.tenant.slug, "adoption_id": obj.pk}
    return "portfolio/parts/cost_panel.html", {
        "shown": sheet_shown(sheet) if sheet else None,
        "replaced": replaced_words(obj.project),
        "compare_url": own_costs_url(sheet, obj.solution.slug) if sheet else "",
        "edit_url": reverse("portfolio:adoption_costs", kwargs=given),
        "csv_url": reverse("portfolio:adoption_costs_csv", kwargs=given),
        "may_edit": request.can("money"),
    }
