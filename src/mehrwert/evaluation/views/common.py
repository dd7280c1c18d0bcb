"""What every page of the room shares."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext

from mehrwert.evaluation.models import Evaluation


def address(request: Any, name: str, row: Evaluation | None = None) -> str:
    """Return the address of a page of the room in this municipality."""
    kwargs: dict[str, Any] = {"mandant": request.tenant.slug}
    if row is not None:
        kwargs["evaluation_id"] = row.pk
    return reverse(f"evaluation:{name}", kwargs=kwargs)


def to(request: HttpRequest, name: str, row: Evaluation | None = None) -> HttpResponse:
    """Lead to a page of the room."""
    return redirect(address(request, name, row))


def crumbs(
    request: HttpRequest, row: Evaluation | None = None, last: str = ""
) -> list[tuple[str, str]]:
    """Return the way here."""
    way = [(gettext("Bewertung"), address(request, "list"))]
    project = row.project if row is not None else None
    if project is not None:
        kwargs = {"mandant": request.tenant.slug, "project_id": project.pk}  # type: ignore[attr-defined]
        way = [(project.title, reverse("portfolio:project", kwargs=kwargs)), *way]
    if row is not None:
        way.append((row.title, address(request, "evaluation", row)))
    if last:
        way.append((last, ""))
    return [*way[:-1], (way[-1][0], "")]


def posted(request: HttpRequest) -> Any:
    """Return what was sent, also when it is empty; None for a page that is only looked at."""
    return request.POST if request.method == "POST" else None
