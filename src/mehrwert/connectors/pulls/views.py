"""Pages: choose a recipe, answer its questions, look, pause, end."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mehrwert.base.errors import MehrwertError
from mehrwert.base.http import actor_of, needs, render_page
from mehrwert.base.http_errors import sentence_of
from mehrwert.connectors.pulls import access, actions
from mehrwert.connectors.pulls.forms import RecipeForm
from mehrwert.connectors.pulls.models import Pull
from mehrwert.connectors.pulls.rules.recipe import Recipe, find_recipe, list_recipes

FORM = ["GET", "HEAD", "POST"]


@needs("import_data")
@require_safe
def choose(request: Any) -> HttpResponse:
    """Show the recipes."""
    rows = [
        (
            gettext(recipe.name),
            gettext(recipe.text),
            reverse("pulls:new", kwargs={"mandant": request.tenant.slug, "recipe": recipe.slug}),
        )
        for recipe in list_recipes()
    ]
    title = gettext("Was soll abgerufen werden?")
    context = {"title": title, "rows": rows}
    return _page(request, "pulls/choose.html", context, (title, ""))


@needs("import_data")
@require_http_methods(FORM)
def new(request: Any, recipe: str) -> HttpResponse:
    """Answer the questions of a recipe; the first run follows at once."""
    found = find_recipe(recipe)
    form = RecipeForm(request.POST or None, recipe=found, initial={"every_s": found.every_s})
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.create_pull(
                recipe, form.to_pull(), form.to_credentials(), actor=actor_of(request)
            )
        except MehrwertError as error:
            _tell(form, error)
        else:
            return redirect(_source_url(request, row))
    context = {
        **_about(found),
        "form": form,
        "submit": gettext("Anlegen und abrufen"),
        "cancel_url": reverse("pulls:choose", kwargs={"mandant": request.tenant.slug}),
    }
    return _page(request, "pulls/form.html", context, (gettext(found.name), ""))


@needs("import_data")
@require_http_methods(FORM)
def edit(request: Any, pull_id: int) -> HttpResponse:
    """Change the answers of a pull."""
    row = access.find_pull(pull_id)
    recipe = find_recipe(row.recipe)
    initial = {
        "name": str(row),
        "every_s": row.every_s,
        "lat": row.lat,
        "lon": row.lon,
        "username": row.username,
        **{f"ask_{key}": answer for key, answer in row.answers.items()},
    }
    form = RecipeForm(request.POST or None, recipe=recipe, initial=initial)
    if request.method == "POST" and form.is_valid():
        login = form.to_credentials(row.username)
        try:
            actions.change_pull(row, form.to_pull(), login, actor=actor_of(request))
        except MehrwertError as error:
            _tell(form, error)
        else:
            messages.success(request, gettext("Gespeichert. Es wird gleich abgerufen."))
            return redirect(_source_url(request, row))
    context = {
        **_about(recipe),
        "form": form,
        "submit": gettext("Speichern"),
        "cancel_url": _source_url(request, row),
    }
    way = ((str(row), _source_url(request, row)), (gettext("Abruf ändern"), ""))
    return _page(request, "pulls/form.html", context, *way)


@needs("import_data")
@require_POST
def run(request: Any, pull_id: int) -> HttpResponse:
    """Fetch now."""
    row = access.find_pull(pull_id)
    actions.pull_now(row, actor=actor_of(request))
    messages.success(request, gettext("Es wird gleich abgerufen. Laden Sie die Seite neu."))
    return redirect(_source_url(request, row))


@needs("import_data")
@require_POST
def pause(request: Any, pull_id: int) -> HttpResponse:
    """Let a pull rest, or go on."""
    row = access.find_pull(pull_id)
    paused = not row.source.is_paused
    actions.pause_pull(row, paused=paused, actor=actor_of(request))
    text = (
        gettext("Angehalten. Danach wird nachgeholt, was die Quelle noch hat.")
        if paused
        else gettext("Es wird wieder abgerufen; was fehlt, wird nachgeholt.")
    )
    messages.success(request, text)
    return redirect(_source_url(request, row))


@needs("import_data")
@require_POST
def trust(request: Any, pull_id: int) -> HttpResponse:
    """Believe the new key of an SFTP server."""
    row = access.find_pull(pull_id)
    actions.trust_host_key(row, actor=actor_of(request))
    messages.success(request, gettext("Der neue Fingerabdruck gilt ab dem nächsten Abruf."))
    return redirect(_source_url(request, row))


@needs("import_data")
@require_http_methods(FORM)
def end(request: Any, pull_id: int) -> HttpResponse:
    """Ask, then fetch no more."""
    row = access.find_pull(pull_id)
    if request.method == "POST":
        actions.end_pull(row, actor=actor_of(request))
        messages.success(request, gettext("Der Abruf ist beendet. Was kam, bleibt."))
        return redirect(_list_url(request))
    title = gettext("Abruf beenden?")
    context = {
        "title": title,
        "text": gettext("„%(name)s“ wird dann nicht mehr abgerufen.") % {"name": row},
        "consequences": [gettext("Messstelle und Messwerte bleiben.")],
        "submit": gettext("Abruf beenden"),
        "action": request.path,
        "cancel_url": _source_url(request, row),
    }
    way = ((str(row), _source_url(request, row)), (title, ""))
    return _page(request, "base/confirm.html", context, *way)


def _about(recipe: Recipe) -> dict[str, Any]:
    return {
        "title": gettext(recipe.name),
        "text": gettext(recipe.text),
        "recipe": recipe,
    }


def _tell(form: RecipeForm, error: MehrwertError) -> None:
    field = f"ask_{error.data.get('field', 'address')}"
    form.add_error(field if field in form.fields else None, sentence_of(error))


def _list_url(request: Any) -> str:
    return reverse("intake:source_list", kwargs={"mandant": request.tenant.slug})


def _source_url(request: Any, row: Pull) -> str:
    kwargs = {"mandant": request.tenant.slug, "source_id": row.source_id}
    return reverse("intake:source", kwargs=kwargs)


def _page(
    request: Any, template: str, context: dict[str, Any], *way: tuple[str, str]
) -> HttpResponse:
    """Render a page below „Quellen“; a form with errors answers 422."""
    request.nav_key = "data"
    form = context.get("form")
    status = 422 if form is not None and form.is_bound and form.errors else 200
    crumbs = [(gettext("Quellen"), _list_url(request)), *way]
    return render_page(request, template, {**context, "crumbs": crumbs}, status)
