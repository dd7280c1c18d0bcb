"""What every page of the room shares."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext

from mehrwert.base.errors import MehrwertError
from mehrwert.base.http import render_page
from mehrwert.base.http_errors import sentence_of
from mehrwert.base.marks import mark
from mehrwert.portfolio.choices import STATE_LABELS
from mehrwert.portfolio.models import Project

# the parts of the file of a project; each is a page of its own with one line here
TABS: tuple[tuple[str, str], ...] = (
    ("project", mark("Überblick")),
    ("reports", mark("Berichte")),
    ("indicators", mark("Kennzahlen")),
    ("logic", mark("Wirkungslogik")),
    ("risks", mark("Risiken")),
    ("financing", mark("Förderung")),
    ("money", mark("Geld")),
)


@dataclass(frozen=True, slots=True)
class Ask:
    """A page that asks one thing: what it is called, what it says above, where it leads.

    ``done`` is said afterwards, ``submit`` stands on the button.
    """

    title: str
    back_url: str
    done: str
    lead: str = ""
    submit: str = ""
    submit_kind: str = "pri"


def ask(
    request: Any,
    ask_for: Ask,
    form: forms.Form,
    act: Callable[[dict[str, Any]], Any],
    context: Mapping[str, Any],
    template: str = "portfolio/form.html",
) -> HttpResponse:
    """Show a form, or act on what was sent and lead back; an error is said in the form."""
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except MehrwertError as error:
            form.add_error(None, sentence_of(error))
        else:
            messages.success(request, ask_for.done)
            return redirect(ask_for.back_url)
    shown = {
        **context,
        "form": form,
        "title": ask_for.title,
        "lead": ask_for.lead,
        "submit": ask_for.submit or gettext("Speichern"),
        "submit_kind": ask_for.submit_kind,
        "cancel_url": ask_for.back_url,
    }
    status = 422 if request.method == "POST" else 200
    return render_page(request, template, shown, status)


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
        "state": gettext(STATE_LABELS[row.state]),
        "tabs": tabs(request, row, current),
        "is_measurable": row.has_outcome or bool(row.effect),
    }


def posted(request: HttpRequest) -> Any:
    """Return what was sent, also when it is empty; None for a page that is only looked at."""
    return request.POST if request.method == "POST" else None
