"""What the room shows on pages of others."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from mehrwert.catalogue.models import Solution
from mehrwert.portfolio.models import DeclaredAdoption
from mehrwert.starters import queries
from mehrwert.starters.choices import LEVEL_LABELS
from mehrwert.starters.wording import counts_text


def solution(request: HttpRequest, found: Solution) -> tuple[str, dict[str, Any]] | None:
    """Show on the page of a solution the package that sets it up; nothing when there is none."""
    packages = queries.packages_for(found.slug)
    if not packages:
        return None
    town = getattr(request, "nav_slug", "") or ""
    standards = queries.read_standards(with_invented=False)
    lines = [
        {
            "title": package.title,
            "version": package.version,
            "level": gettext(LEVEL_LABELS[standards[package.slug].level]),
            "counts": ", ".join(counts_text(queries.pieces_by_default(package))),
            "hours": package.manifest["effort"]["hours_setup"],
            "url": reverse("starters:package", kwargs={"mandant": town, "slug": package.slug})
            if town
            else "",
        }
        for package in packages
    ]
    return "starters/panel_solution.html", {"lines": lines}


def fitting(request: HttpRequest, slugs: Sequence[str]) -> tuple[str, dict[str, Any]] | None:
    """Show one package to try: that of the first solution of a ranking which has one."""
    found = queries.first_package(slugs)
    if found is None:
        return None
    slug, package = found
    town = getattr(request, "nav_slug", "") or ""
    name = "starters:package" if town else "catalogue:solution"
    kept = {"mandant": town, "slug": package.slug} if town else {"slug": slug}
    values = {
        "title": package.title,
        "hours": package.manifest["effort"]["hours_setup"],
        "counts": ", ".join(counts_text(queries.pieces_by_default(package))),
        "url": reverse(name, kwargs=kept),
    }
    return "starters/panel_fitting.html", values


def case(request: HttpRequest, found: Any) -> tuple[str, dict[str, Any]] | None:
    """Show on the empty page of a use case the package that sets it up."""
    if found.package not in {package.slug for package in queries.bundled()}:
        return None
    town: Any = request
    kwargs = {"mandant": town.tenant.slug, "slug": found.package}
    return "starters/panel_case.html", {"url": reverse("starters:package", kwargs=kwargs)}


def adoption(request: Any, row: DeclaredAdoption) -> tuple[str, dict[str, Any]] | None:
    """Show on the page of a use what its package asks for beyond the checklist (TRF-208)."""
    found = queries.installation_of(row)
    if found is None:
        return None
    tasks = [task for task in queries.list_tasks(found) if not task.is_joined]
    kwargs = {"mandant": request.tenant.slug, "slug": found.slug}
    return "starters/panel_adoption.html", {
        "title": queries.package_of(found).title,
        "tasks": tasks,
        "n_done": sum(task.is_done for task in tasks),
        "url": reverse("starters:package", kwargs=kwargs),
    }
