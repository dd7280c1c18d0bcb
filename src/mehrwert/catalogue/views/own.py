"""Pages of a municipality: its entries, the form that saves itself, what sources say of it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mehrwert.base.errors import MehrwertError
from mehrwert.base.http import actor_of, needs, render_page
from mehrwert.base.http_errors import sentence_of
from mehrwert.catalogue import actions, presenting, queries, wording
from mehrwert.catalogue.access import read_own
from mehrwert.catalogue.choices import Freshness, ProfileLevel
from mehrwert.catalogue.errors import InvalidProfileError, SecondPersonNeededError
from mehrwert.catalogue.forms import ImportForm, ObjectionForm
from mehrwert.catalogue.forms_profile import ProfileForm, name_of
from mehrwert.catalogue.models import Solution
from mehrwert.catalogue.profile import BLOCKS, FIELDS, import_text
from mehrwert.catalogue.rules import is_hard_to_read, level_of, missing_for, proposed_pointers
from mehrwert.catalogue.rules.naming import named_parties
from mehrwert.catalogue.views.care import link_kinds, link_shown

LEVELS = (ProfileLevel.MINIMAL, ProfileLevel.TRANSFERABLE, ProfileLevel.BASE_READY)
JSON = "application/json"


def _to(name: str, request: Any, **kwargs: Any) -> str:
    return reverse(f"catalogue_own:{name}", kwargs={"mandant": request.tenant.slug, **kwargs})


def _crumbs(request: Any, *more: tuple[str, str]) -> list[tuple[str, str]]:
    return [
        (gettext("Lösungen"), reverse("catalogue:list")),
        (gettext("Unsere Lösungen"), _to("own", request)),
        *more,
    ]


@needs("read")
@require_safe
def own(request: Any) -> HttpResponse:
    """Show the entries of a municipality and what sources say of it."""
    request.nav_key = "solutions"
    found = queries.read_own_catalogue(request.tenant)
    context = {
        "crumbs": [*_crumbs(request)[:1], (gettext("Unsere Lösungen"), "")],
        "entries": [_entry(row) for row in found.entries],
        "due": [_due(entry) for entry in queries.list_due_entries(request.tenant)],
        "links": [link_shown(row) for row in queries.list_proposed_links(request.tenant)],
        "link_kinds": link_kinds(),
        "looks": _looks(request) if _may_look(request) else [],
        "claimable": [{"name": s.name, "slug": s.slug} for s in found.claimable],
        "can_edit": request.can("edit_data"),
    }
    return render_page(request, "catalogue/own.html", context)


def _may_look(request: Any) -> bool:
    return bool(request.can("edit_data") or request.can("guide"))


def _looks(request: Any) -> list[dict[str, Any]]:
    """Return what waits for a second person (CAT-404)."""
    return [
        {
            "id": look.pk,
            "name": look.solution.name,
            "names": ", ".join(named_parties(look.profile)),
            "asked_us": look.asked_us,
        }
        for look in queries.list_second_looks(request.tenant)
    ]


def _due(entry: queries.DueEntry) -> dict[str, Any]:
    """Return an entry whose values run out, with the blocks that one click confirms."""
    english = wording.language() == "en"
    blocks: dict[str, dict[str, Any]] = {}
    for due in entry.dues:
        key = next(f.block for f in FIELDS if f.pointer.split("/")[1] == due.top)
        shown = {
            "name": BLOCKS[key][1] if english else BLOCKS[key][0],
            "day": wording.short_day(due.last_day),
            "is_over": due.state != Freshness.DUE,
        }
        blocks.setdefault(key, shown)
    return {"name": entry.solution.name, "slug": entry.solution.slug, "blocks": blocks}


def _entry(row: Solution) -> dict[str, Any]:
    missing = missing_for(row.profile, ProfileLevel.MINIMAL)
    return {
        "name": row.name or gettext("ohne Namen"),
        "slug": row.slug,
        "is_public": row.is_public,
        "is_withdrawn": row.is_withdrawn,
        "level": wording.level_word(row.level),
        "n_missing": len({need.label for need in missing}),
        "changed_us": row.changed_us,
        "freshness": row.freshness,
    }


@needs("edit_data")
@require_http_methods(["GET", "POST"])
def new(request: Any) -> HttpResponse:
    """Begin an empty entry, or one from a file."""
    request.nav_key = "solutions"
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and "leer" in request.POST:
        row = actions.create_draft(request.tenant, {}, actor=actor_of(request))
        return redirect(_to("edit", request, slug=row.slug))
    findings: list[str] = []
    if request.method == "POST" and form.is_valid():
        read = import_text(form.cleaned_data["text"])
        findings = [
            f"{found.pointer} {gettext(found.sentence) % found.values}".strip()
            for found in read.findings
        ]
        if not findings:
            row = actions.create_draft(
                request.tenant, read.profile, provenance=read.provenance, actor=actor_of(request)
            )
            if read.parked:
                parked = gettext("Das Format kennt diese Angaben nicht, sie bleiben geparkt: %(n)s")
                messages.warning(request, parked % {"n": ", ".join(read.parked)})
            return redirect(_to("edit", request, slug=row.slug))
    context = {
        "crumbs": _crumbs(request, (gettext("Neue Lösung"), "")),
        "form": form if request.method == "POST" and "leer" not in request.POST else ImportForm(),
        "findings": findings,
        "can_import": request.can("import_data"),
    }
    return render_page(request, "catalogue/new.html", context, status=422 if findings else 200)


@needs("edit_data")
@require_http_methods(["GET", "POST"])
def edit(request: Any, slug: str) -> HttpResponse:
    """Show and keep the form; a draft saves itself, a public entry gets a version."""
    request.nav_key = "solutions"
    row = read_own(request.tenant.pk, slug)
    proposed = proposed_pointers(row.profile, row.provenance)
    form = ProfileForm(row.profile, request.POST or None, proposed=proposed)
    error = ""
    if request.method == "POST" and form.is_valid():
        try:
            _keep(request, row, form)
        except InvalidProfileError as problem:
            name = name_of(str(problem.data["pointer"]))
            form.add_error(name if name in form.fields else None, str(problem.data["reason"]))
        except SecondPersonNeededError as problem:
            return _ask_second(request, row, _proposed(request, row, form), problem)
        except MehrwertError as problem:
            error = str(sentence_of(problem))
        else:
            if _wants_json(request):
                return JsonResponse(_state(row))
            if "veroeffentlichen" in request.POST:
                return publish(request, slug)
            messages.success(request, gettext("Gespeichert."))
            return redirect(_to("edit", request, slug=slug))
    if request.method == "POST" and _wants_json(request):
        problems = {name: [str(e) for e in errors] for name, errors in form.errors.items()}
        return JsonResponse({"error": error, "fields": problems}, status=422)
    context = {
        "crumbs": _crumbs(request, (row.name or gettext("ohne Namen"), "")),
        "solution": row,
        "form": form,
        "steps": form.steps(),
        "levels": _levels(row.profile),
        "error": error,
        "blocks": _old_blocks(row, proposed),
        "n_proposed": len(proposed),
        "is_hard_to_read": is_hard_to_read(str(row.profile.get("plain_summary") or "")),
    }
    status = 422 if request.method == "POST" else 200
    return render_page(request, "catalogue/edit.html", context, status=status)


def _keep(request: Any, row: Solution, form: ProfileForm) -> None:
    if not row.is_public:
        actions.save_draft(row, form.profile(), actor=actor_of(request))
        return
    told = _proposed(request, row, form)
    actions.revise_solution(
        row,
        request.tenant,
        told.profile,
        reason=told.reason,
        based_on=told.based_on,
        actor=actor_of(request),
    )


def _proposed(request: Any, row: Solution, form: ProfileForm) -> actions.Proposed:
    given = request.POST.get("fassung", "")
    reason = request.POST.get("grund", "").strip()[:300] or gettext("Angaben geändert")
    based_on = int(given) if given.isdecimal() else row.version
    return actions.Proposed(form.profile(), based_on, reason)


def _ask_second(
    request: Any, row: Solution, proposed: actions.Proposed, problem: SecondPersonNeededError
) -> HttpResponse:
    """Let what names somebody wait for a second person, and say so (CAT-404)."""
    look = actions.ask_second_person(row, request.tenant, proposed, actor=actor_of(request))
    messages.warning(request, str(sentence_of(problem)))
    return redirect(_to("second", request, look_id=look.pk))


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith(JSON)


def _state(row: Solution) -> dict[str, Any]:
    return {"saved": wording.clock_now(), "levels": _levels(row.profile)}


def _levels(profile: dict[str, Any]) -> list[dict[str, Any]]:
    """Return every level with what it still needs (CAT-203)."""
    reached = level_of(profile)
    order = list(ProfileLevel)
    return [
        {
            "name": wording.level_word(level),
            "is_reached": order.index(reached) >= order.index(level),
            "missing": list(
                dict.fromkeys(
                    gettext(need.label)
                    for need in missing_for(profile, level)
                    if need.level == level
                )
            ),
        }
        for level in LEVELS
    ]


def _old_blocks(row: Solution, proposed: list[str]) -> list[tuple[str, str]]:
    """Return the blocks with any value: each can be confirmed with one click (CAT-206).

    A draft has only those with values that a file proposed (CAT-204).
    """
    english = wording.language() == "en"
    tops = set(row.profile) if row.is_public else {pointer.split("/")[1] for pointer in proposed}
    first = {field.block for field in FIELDS if field.pointer.split("/")[1] in tops}
    return [(k, names[1] if english else names[0]) for k, names in BLOCKS.items() if k in first]


@needs("edit_data")
@require_POST
def publish(request: Any, slug: str) -> HttpResponse:
    """Publish, or say what is missing."""
    row = read_own(request.tenant.pk, slug)
    try:
        actions.publish_solution(row, request.tenant, actor=actor_of(request))
    except SecondPersonNeededError as problem:
        return _ask_second(request, row, actions.Proposed(row.profile), problem)
    except MehrwertError as problem:
        messages.error(request, str(sentence_of(problem)))
        return redirect(_to("edit", request, slug=slug))
    messages.success(request, gettext("Veröffentlicht. Jetzt können es alle lesen."))
    return redirect(presenting.url_of(slug))


@needs("edit_data")
@require_POST
def confirm(request: Any, slug: str) -> HttpResponse:
    """Confirm one block as unchanged."""
    row = read_own(request.tenant.pk, slug)
    block = request.POST.get("block", "")
    pointers = [field.pointer for field in FIELDS if field.block == block]
    n = actions.confirm_values(row, request.tenant, pointers, actor=actor_of(request))
    messages.success(request, gettext("%(n)d Angaben bestätigt, Stand heute.") % {"n": n})
    if request.POST.get("zu") == "liste":
        return redirect(_to("own", request))
    return redirect(_to("edit", request, slug=slug))


@needs("edit_data")
@require_POST
def revert(request: Any, slug: str, number: int) -> HttpResponse:
    """Bring an earlier version back."""
    row = read_own(request.tenant.pk, slug)
    try:
        actions.revert_solution(row, request.tenant, number, actor=actor_of(request))
    except SecondPersonNeededError as problem:
        reason = gettext("Zurück zu Fassung %(n)d") % {"n": number}
        profile = queries.read_version(slug, number).profile
        proposed = actions.Proposed(profile, row.version, reason)
        return _ask_second(request, row, proposed, problem)
    messages.success(request, gettext("Fassung %(n)d gilt wieder.") % {"n": number})
    return redirect(reverse("catalogue:history", kwargs={"slug": slug}))


@needs("edit_data")
@require_POST
def withdraw(request: Any, slug: str) -> HttpResponse:
    """Take an entry back; a draft is deleted."""
    row = read_own(request.tenant.pk, slug)
    try:
        actions.withdraw_solution(row, request.tenant, actor=actor_of(request))
    except MehrwertError:
        text = gettext("Eine beendete Lösung bleibt stehen, damit andere daraus lernen.")
        messages.error(request, text)
    return redirect(_to("own", request))


@needs("edit_data")
@require_POST
def claim(request: Any, slug: str) -> HttpResponse:
    """Take over the entry that the collection has of this municipality."""
    row = queries.read_solution(slug)
    actions.claim_solution(row, request.tenant, actor=actor_of(request))
    text = gettext("Übernommen. Bitte prüfen Sie die Angaben und bestätigen Sie, was stimmt.")
    messages.success(request, text)
    return redirect(_to("edit", request, slug=slug))


@needs("edit_data")
@require_http_methods(["GET", "POST"])
def objection(request: Any, adoption_id: int) -> HttpResponse:
    """Object to what another municipality declares about an own solution; beside, not instead."""
    request.nav_key = "solutions"
    row = queries.read_adoption(adoption_id)
    form = ObjectionForm(request.POST or None, initial={"text": row.objection})
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        actions.object_to_adoption(row, request.tenant, text, actor=actor_of(request))
        messages.success(request, gettext("Ihr Hinweis steht jetzt neben der Angabe."))
        return redirect(presenting.url_of(row.solution.slug))
    context = {
        "crumbs": _crumbs(request, (gettext("Einwand"), "")),
        "adoption": row,
        "form": form,
        "cancel_url": presenting.url_of(row.solution.slug),
    }
    return render_page(request, "catalogue/object.html", context)
