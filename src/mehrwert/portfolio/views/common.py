"""What every page of the room shares."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext

from mehrwert.base.marks import mark
from mehrwert.portfolio.models import Project

# the parts of the file of a project; each is a page of its own with one line here
TABS: tuple[tuple[str, str], ...] = (("project", mark("Überblick")),)


def address(request: Any, name: str, row: Project | None = None, **kwargs: Any) -> str:
    """Return the address of a page of the room in this municipality."""
    given: dict[str, Any] = {"mandant": request.tenant.slug, **kwargs}
    if row is not None:
        given["project_id"] = row.pk
    return reverse(f"portfolio:{name}", kwargs=given)


def to(request: HttpRequest, name: str, row: Project | None = None, **kwargs: Any) -> HttpResponse:
    """Lead to a page of the room."""
    return redirect(address(request, name, row, **kwargs))


def crumbs(
    request: HttpRequest, row: Project | None = None, last: str = ""
) -> list[tuple[str, str]]:
    """Return the way here."""
    way = [(gettext("Vorhaben"), address(request, "list"))]
    if row is not None:
        way.append((row.title, address(request, "project", row)))
    if last:
        way.append((last, ""))
    return [*way[:-1], (way[-1][0], "")]


def tabs(request: HttpRequest, row: Project, current: str) -> list[tuple[str, str, bool]]:
    """Return the parts of the file: label, address, whether it is open."""
    return [(gettext(label), address(request, name, row), name == current) for name, label in TABS]


def file_context(
    request: HttpRequest, row: Project, current: str, last: str = ""
) -> dict[str, Any]:
    """Return what every page of the file of a project shows."""
    return {
        "crumbs": crumbs(request, row, last),
        "project": row,
        "tabs": tabs(request, row, current),
    }


def posted(request: HttpRequest) -> Any:
    """Return what was sent, also when it is empty; None for a page that is only looked at."""
    return request.POST if request.method == "POST" else None
