"""The page of one solution, its history, and the same for programs."""

from datetime import date
from statistics import median
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_safe

from mehrwert.base.clock import from_us, now_us
from mehrwert.base.http import render_page
from mehrwert.catalogue import facts, presenting, queries, wording, wording_fit
from mehrwert.catalogue.access import may_edit
from mehrwert.catalogue.choices import (
    BASIS_LABELS,
    LINK_KIND_LABELS,
    ORIGIN_BASIS_LABELS,
    Basis,
    EntryOrigin,
    Freshness,
    LinkKind,
    OriginBasis,
    ProfileLevel,
    Relation,
)
from mehrwert.catalogue.models import Adoption, Solution, SolutionLink
from mehrwert.catalogue.profile import export_text, field_of, label_of, read_schema
from mehrwert.catalogue.rules import Place, diff_profiles, missing_for, next_level
from mehrwert.catalogue.rules.funnel import months_to_use
from mehrwert.catalogue.rules.naming import named_parties
from mehrwert.catalogue.views.browse import enter, home_of

OLD = frozenset({Freshness.STALE, Freshness.EXPIRED, Freshness.UNDATED})
ANNOUNCED_MONTHS = 18
TEST_MONTHS = 12


@require_safe
def solution(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a solution: what it is, who uses it, what it costs, where each value comes from."""
    found = queries.read_solution(slug)
    enter(request)
    if found.is_withdrawn:
        return render_page(request, "catalogue/withdrawn.html", {"solution": found}, status=410)
    today = from_us(now_us()).date()
    home = home_of(request)
    details = queries.read_details(found, home)
    blocks = facts.blocks_of(found, today)
    context: dict[str, Any] = {
        "crumbs": [(gettext("Lösungen"), reverse("catalogue:list")), (found.name, "")],
        "solution": found,
        "fields": presenting.fields_shown(found.profile),
        "status": wording.status_text(found),
        "status_kind": presenting.status_kind(found),
        "origin": wording.origin_text(found),
        "is_orphaned": queries.is_orphaned(found),
        "is_imported": found.entry_origin == EntryOrigin.IMPORTED,
        "contradiction": wording.contradiction_text(found),
        "age": _age(found, today),
        "details": details,
        "sources": _sources(details),
        "users": [_user(row, today) for row in details.adoptions],
        "home": home,
        "home_key": request.GET.get("ort", ""),
        "kept_home": [],
        "blocks": [block for block in blocks if block.facts],
        "unknown": [(block.name, block.unknown) for block in blocks if block.unknown],
        "links": [_link(link, found) for link in details.links],
        "warnings": [
            {
                "name": row.name,
                "url": presenting.url_of(row.slug),
                "status": wording.status_text(row),
                "kind": presenting.status_kind(row),
                "why": facts.reasons_text(row.profile),
                "lesson": str((row.profile.get("lessons") or {}).get("what_differently") or ""),
            }
            for row in details.warnings
        ],
        "named": named_parties(found.profile),
        "level": wording.level_word(found.level),
        "missing": _missing(found),
        "can_edit": may_edit(request.user, found),
        "compare_url": f"{reverse('catalogue:compare')}?l={found.slug}",
    }
    context |= _figures(found, details, home) | _alike(details, home)
    return render_page(request, "catalogue/solution.html", context)


def _figures(
    found: Solution, details: queries.SolutionDetails, home: Place | None
) -> dict[str, Any]:
    """Return the figures at the top of the page."""
    return {
        "evidence": presenting.evidence_shown(found),
        "cost": presenting.cost_shown(details.cost, home.population if home else None),
        "declared": wording.counts_text(details.uses.declared),
        "documented": wording.counts_text(details.uses.documented),
        "months": _months(details),
    }


def _alike(details: queries.SolutionDetails, home: Place | None) -> dict[str, Any]:
    """Return whom to ask: those who say themselves that they use it, and those of sources."""
    shown = [(near.is_declared, _near(near, home)) for near in details.near] if home else []
    return {
        "near": [place for is_declared, place in shown if is_declared],
        "near_told": [place for is_declared, place in shown if not is_declared],
        "best": shown[0][1] if shown else None,
    }


def _sources(details: queries.SolutionDetails) -> list[dict[str, Any]]:
    """Return the sources, with the day since which a page does not answer (CAT-306)."""
    gone = queries.read_gone(source.url for source in details.sources if source.url)
    return [
        {"url": source.url, "title": source.title, "gone_since": gone.get(source.url)}
        for source in details.sources
    ]


def _age(found: Solution, today: date) -> str:
    """Return the sentence of the banner over old values, empty while they are fresh (CAT-206)."""
    if found.freshness not in OLD or found.entry_origin == EntryOrigin.DEMO:
        return ""
    if found.source_date is None:
        return gettext(
            "Wie alt diese Angaben sind, sagt die Quelle nicht. Bitte fragen Sie nach, "
            "bevor Sie sich darauf verlassen."
        )
    years = max(1, round((today - found.source_date).days / 365.25))
    return ngettext(
        "Die Angaben stammen vom %(day)s und sind rund ein Jahr alt. Bitte fragen Sie nach, "
        "bevor Sie sich darauf verlassen.",
        "Die Angaben stammen vom %(day)s und sind rund %(years)s Jahre alt. Bitte fragen Sie nach, "
        "bevor Sie sich darauf verlassen.",
        years,
    ) % {"day": wording.short_day(found.source_date), "years": years}


def _user(row: Adoption, today: date) -> dict[str, Any]:
    """Return one place of the table of users."""
    is_documented = row.basis == Basis.DOCUMENTED
    return {
        "id": row.pk,
        "name": row.place_name,
        "status": "" if is_documented else wording.adoption_status(row),
        "extent": row.extent,
        "contact_role": row.contact_role,
        "objection": row.objection,
        "written": row.source_name if row.source_name != row.place_name else "",
        "relation": wording.relation_text(row),
        "since": wording.since_text(row),
        "basis": gettext(BASIS_LABELS[Basis(row.basis)]),
        "is_documented": is_documented,
        "note": _note(row, today),
        "from": _from(row),
        "url": row.source_url,
        "is_carrier": row.is_carrier and row.relation not in {Relation.ORIGIN, Relation.SITE},
    }


def _note(row: Adoption, today: date) -> str:
    """Say that announcements and tests age (TRF-108)."""
    year = int(row.since[:4]) if row.since[:4].isdecimal() else None
    months = None if year is None else (today.year - year) * 12 + today.month - 12
    if row.relation == Relation.PLANNED:
        if year is None:
            return gettext("angekündigt, Jahr unbekannt")
        if months is not None and months > ANNOUNCED_MONTHS:
            return gettext("angekündigt %(year)d, seither nichts belegt") % {"year": year}
    is_over = year is None or (months is not None and months >= TEST_MONTHS)
    if row.relation == Relation.TEST and is_over:
        return gettext("Test beendet, Ausgang unbekannt")
    if row.relation == Relation.REUSE and row.basis == Basis.DOCUMENTED:
        return gettext("im Einsatz laut Quelle")
    return ""


def _from(row: Adoption) -> str:
    if not row.origin_basis or row.relation in {Relation.ORIGIN, Relation.SITE}:
        return ""
    words = gettext(ORIGIN_BASIS_LABELS[OriginBasis(row.origin_basis)])
    shows_name = row.origin_basis != OriginBasis.NONE and row.origin_name
    return f"{row.origin_name}: {words}" if shows_name else words


def _months(details: queries.SolutionDetails) -> dict[str, Any] | None:
    """Return how long users took from their first step to use, None where nobody said."""
    spans = months_to_use(row.stages for row in details.adoptions)
    if not spans:
        return None
    return {"median": round(median(spans)), "most": round(max(spans)), "n": len(spans)}


def _near(near: queries.Near, home: Place) -> dict[str, Any]:
    alike = near.similarity
    return {
        "name": near.adoption.place_name,
        "value": alike.value,
        "percent": round(alike.value * 100),
        "km": alike.distance_km,
        "population": near.place.population,
        "relation": wording.relation_text(near.adoption),
        "role": near.adoption.contact_role,
        "why": wording_fit.alike_text(home, near.place, alike),
    }


def _link(link: SolutionLink, here: Solution) -> dict[str, Any]:
    is_forward = link.solution_id == here.pk
    other = link.target if is_forward else link.solution
    return {
        "kind": gettext(LINK_KIND_LABELS[LinkKind(link.kind)]),
        "is_forward": is_forward,
        "name": other.name,
        "url": presenting.url_of(other.slug),
        "is_confirmed": link.is_confirmed,
        "reason": link.reason,
    }


def _missing(found: Solution) -> dict[str, Any] | None:
    """Return what the next level needs (CAT-203)."""
    following = next_level(ProfileLevel(found.level))
    if following is None:
        return None
    names = dict.fromkeys(gettext(need.label) for need in missing_for(found.profile, following))
    return {"level": wording.level_word(following), "names": list(names)}


@require_safe
def history(request: HttpRequest, slug: str) -> HttpResponse:
    """Show every version with what it changed."""
    found = queries.read_solution(slug)
    enter(request)
    versions = queries.list_versions(found)
    rows = []
    for position, version in enumerate(versions):
        before = versions[position + 1] if position + 1 < len(versions) else None
        changes = diff_profiles(before.profile, version.profile) if before else []
        rows.append(
            {"version": version, "changes": [_change(c) for c in changes], "is_first": not before}
        )
    context = {
        "crumbs": [
            (gettext("Lösungen"), reverse("catalogue:list")),
            (found.name, presenting.url_of(slug)),
            (gettext("Verlauf"), ""),
        ],
        "solution": found,
        "rows": rows,
        "can_edit": may_edit(request.user, found),
    }
    return render_page(request, "catalogue/history.html", context)


def _change(change: Any) -> dict[str, str]:
    return {
        "label": label_of(change.pointer, wording.language()),
        "before": _plain(change.pointer, change.before),
        "after": _plain(change.pointer, change.after),
    }


def _plain(pointer: str, value: Any) -> str:
    if value is None:
        return wording.not_said()
    field = field_of(pointer)
    if field is not None and field.pointer == pointer:
        return ", ".join(wording.value_text(field, value)) or wording.not_said()
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


@require_safe
def version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Return one version as a file: it can be cited by this address for ever."""
    found = queries.read_version(slug, number)
    text = export_text(queries.with_identity(found.solution, found.profile), found.provenance)
    return _yaml(text, f"{slug}-{number}")


@require_safe
def profile_file(request: HttpRequest, slug: str) -> HttpResponse:
    """Return the solution as ``mehrwert.yml``."""
    return _yaml(queries.export_solution(queries.read_solution(slug)), slug)


def _yaml(text: str, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type="application/yaml; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{name}.mehrwert.yml"'
    return response


@require_safe
def solution_json(request: HttpRequest, slug: str) -> HttpResponse:
    """Return one solution for programs: the row of the list, profile, provenance, users."""
    found = queries.read_solution(slug)
    if found.is_withdrawn:
        return JsonResponse({"id": slug, "withdrawn": True}, status=410)
    (row,) = queries.list_rows([found.pk])
    details = queries.read_details(found, None)
    told = presenting.program_row(row)
    told["profile"] = {k: v for k, v in found.profile.items() if k != "unmapped"}
    told["provenance"] = found.provenance
    told["version"] = found.version
    told["sources"] = [{"url": s.url or None, "title": s.title or None} for s in details.sources]
    told["adoptions"] = [_adoption_json(adoption) for adoption in details.adoptions]
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False})


def _adoption_json(row: Adoption) -> dict[str, Any]:
    told = {
        "place": {"level": row.place_level, "key": row.place_key or None, "name": row.place_name},
        "relation": row.relation,
        "status": row.status,
        "basis": row.basis,
        "since": row.since or None,
        "source": row.source_url or row.source,
        "origin": {"name": row.origin_name or None, "basis": row.origin_basis or None},
    }
    return {name: value for name, value in told.items() if value is not None}


@require_safe
def schema(request: HttpRequest) -> HttpResponse:
    """Return the published JSON Schema of ``mehrwert.yml``."""
    response = JsonResponse(read_schema(), json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Type"] = "application/schema+json"
    return response
