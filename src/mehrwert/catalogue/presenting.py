"""Shapes rows for pages, files and programs; all words come from ``wording``."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from mehrwert.catalogue import wording
from mehrwert.catalogue.choices import FIELD_BY_CODE, EntryOrigin, Status
from mehrwert.catalogue.models import Solution
from mehrwert.catalogue.queries import CostRange, SolutionRow
from mehrwert.catalogue.rules import Place, counts_as_failure
from mehrwert.figures.mini_forest import mini_forest
from mehrwert.figures.text import number

CSS = "catalogue/catalogue.css"
# colour group of a field → class of base/mw.css
COLOURS = {
    "common": "gemein",
    "housing": "wohnen",
    "green": "gruen",
    "trade": "",
    "traffic": "verkehr",
    "water": "wasser",
    "special": "sonder",
}
STATUS_KIND = {Status.OPERATION: "ok", Status.PILOT: "info", Status.IDEA: "", Status.ENDED: "warn"}
CLASSES = 4


def status_kind(solution: Solution) -> str:
    """Return the class of the status: an end as planned is no warning (CAT-402)."""
    if solution.status == Status.ENDED and not counts_as_failure(solution.profile):
        return ""
    return STATUS_KIND.get(solution.status, "")  # type: ignore[call-overload, no-any-return]


def url_of(slug: str) -> str:
    """Return the address of a solution."""
    return reverse("catalogue:solution", kwargs={"slug": slug})


def fields_shown(profile: dict[str, Any]) -> list[dict[str, str]]:
    """Return the fields of action with the class of their square."""
    return [
        {"name": wording.field_name(code), "css": colour_of(code), "code": code}
        for code in profile.get("fields_of_action") or []
    ]


def colour_of(code: str) -> str:
    """Return the class of a field's square."""
    field = FIELD_BY_CODE.get(code)
    return COLOURS[field.colour] if field else ""


def stamps(evidence_class: int | None) -> list[bool]:
    """Return four stamps, filled from the left."""
    return [step < (evidence_class or 0) for step in range(CLASSES)]


def evidence_shown(solution: Solution) -> dict[str, Any]:
    """Return effect and evidence of a solution; without a measurement there is no plot."""
    told: dict[str, Any] = solution.evidence
    known = solution.evidence_class is not None
    ending = "_en" if wording.language() == "en" else ""
    plot = ""
    if known and {"value", "low", "high"} <= set(told):
        plot = mini_forest(
            told["value"], told["low"], told["high"], evidence_class=solution.evidence_class or 0
        )
    return {
        "is_known": known,
        **{
            name: told.get(f"{name}{ending}") or told.get(name, "")
            for name in ("sentence", "interval", "note")
        },
        "stamps": stamps(solution.evidence_class),
        "class": solution.evidence_class,
        "word": wording.evidence_text(solution),
        "svg": plot,
    }


def cost_shown(cost: CostRange | None, people: int | None = None) -> dict[str, Any] | None:
    """Return a range in words, None where fewer than three said something.

    Args:
        cost: Euros per inhabitant and year.
        people: Inhabitants of the reader's place: then ``total`` is what that makes there a year.
    """
    if cost is None:
        return None

    def euros(amount: float) -> str:
        return f"{number(amount, 2, language=wording.language())} €"

    return {
        "median": euros(cost.median),
        "range": gettext("%(low)s bis %(high)s")
        % {"low": euros(cost.low), "high": euros(cost.high)},
        "n": ngettext("%(n)d Angabe", "%(n)d Angaben", cost.n) % {"n": cost.n},
        "total": _whole_euros(cost.median * people) if people else "",
        "total_range": gettext("%(low)s bis %(high)s")
        % {"low": _whole_euros(cost.low * people), "high": _whole_euros(cost.high * people)}
        if people
        else "",
    }


def _whole_euros(amount: float) -> str:
    """Return an amount with three digits that mean something: more would look exact."""
    digits = max(0, len(str(int(amount))) - 3)
    return f"{number(round(amount, -digits), 0, language=wording.language())} €"


def row_shown(row: SolutionRow, *, home: Place | None = None) -> dict[str, Any]:
    """Return one row of the list; ended and failed ones have the same fields (CAT-109)."""
    solution, uses = row.solution, row.uses
    best = row.near[0] if row.near else None
    return {
        "slug": solution.slug,
        "url": url_of(solution.slug),
        "name": solution.name,
        "short": solution.short_description,
        "problem": solution.profile.get("problem") or "",
        "fields": fields_shown(solution.profile),
        "status": wording.status_text(solution),
        "status_kind": status_kind(solution),
        "contradiction": wording.contradiction_text(solution),
        "declared": wording.counts_text(uses.declared),
        "documented": wording.counts_text(uses.documented),
        "tests": uses.tests,
        "sites": uses.sites,
        "evidence": evidence_shown(solution),
        "cost": cost_shown(row.cost, home.population if home else None),
        "freshness": wording.age_word(solution),
        "origin": wording.origin_text(solution),
        "is_imported": solution.entry_origin == EntryOrigin.IMPORTED,
        "near": near_shown(row) if home else [],
        "best": round(best.similarity.value * 100) if best else None,
    }


def near_shown(row: SolutionRow) -> list[dict[str, Any]]:
    """Return the users most like the home, each with how alike it is."""
    return [
        {
            "name": near.adoption.place_name,
            "percent": round(near.similarity.value * 100),
            "relation": wording.relation_text(near.adoption),
        }
        for near in row.near
    ]


def program_row(row: SolutionRow) -> dict[str, Any]:
    """Return a row for programs: plain values, unknown ones absent, ``id`` is the slug."""
    solution, uses = row.solution, row.uses
    told: dict[str, Any] = {
        "id": solution.slug,
        "uri": f"urn:uuid:{solution.uuid}",
        "url": url_of(solution.slug),
        "name": solution.name,
        "short_description": solution.short_description,
        "problem": solution.profile.get("problem"),
        "fields_of_action": solution.profile.get("fields_of_action"),
        "status": solution.status or None,
        "status_since": solution.profile.get("status_since"),
        "source_date": solution.source_date.isoformat() if solution.source_date else None,
        "component_type": solution.component_type or None,
        "evidence_class": solution.evidence_class,
        "users": {
            "declared": uses.declared,
            "documented": uses.documented,
            "test": uses.tests,
            "site": uses.sites,
        },
        "cost_per_inhabitant_year": None
        if row.cost is None
        else {
            "n": row.cost.n,
            "low": row.cost.low,
            "median": row.cost.median,
            "high": row.cost.high,
        },
        "freshness": solution.freshness,
        "origin": solution.entry_origin,
        "label": wording.origin_text(solution),
        "level": solution.level,
    }
    return {name: value for name, value in told.items() if value is not None}
