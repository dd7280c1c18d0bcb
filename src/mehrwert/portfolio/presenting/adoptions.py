"""Adoptions in words: lines, facts, history, checklist; rows of their files."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext

from mehrwert.base.clock import from_us, now_us
from mehrwert.catalogue.choices import (
    ADOPTION_STATUS_LABELS,
    END_REASON_LABELS,
    ORIGIN_BASIS_LABELS,
    RELATION_LABELS,
    AdoptionStatus,
)
from mehrwert.catalogue.models import Adoption as CatalogueAdoption
from mehrwert.portfolio import queries
from mehrwert.portfolio.choices import (
    ITEM_STATE_LABELS,
    OPERATING_MODEL_LABELS,
    YES_NO_LABELS,
)
from mehrwert.portfolio.models import AdoptionEvent, DeclaredAdoption
from mehrwert.portfolio.rules.adoptions import confirm_due_on

STATUS_KIND = {
    AdoptionStatus.LIVE: "ok",
    AdoptionStatus.ENDED: "warn",
    AdoptionStatus.WITHDRAWN: "warn",
}
EVENT_COLUMNS = (
    "loesung", "kurzname", "seit", "ab_tag", "beziehung", "stand", "bemerkung", "gesagt_am",
)  # fmt: skip
CHECKLIST_COLUMNS = ("tor", "zeile", "stand", "wer", "tag", "nachweis", "grund")


def today() -> date:
    """Return the day in UTC, as days of records are kept."""
    return from_us(now_us()).date()


def since_words(since: str) -> str:
    """Return a year, month or day as people write it; empty: unknown."""
    parts = since.split("-") if since else []
    if not parts:
        return gettext("unbekannt")
    return ".".join(reversed(parts))


def adoption_line(row: DeclaredAdoption) -> dict[str, Any]:
    """Return one row of a list."""
    due = confirm_due_on(row.status, row.verified_on)
    return {
        "id": row.pk,
        "name": row.solution.name,
        "slug": row.solution.slug,
        "relation": gettext(RELATION_LABELS[row.relation]),
        "status": gettext(ADOPTION_STATUS_LABELS[row.status]),
        "status_kind": STATUS_KIND.get(AdoptionStatus(row.status), ""),
        "since": since_words(row.since),
        "verified_on": row.verified_on,
        "due_on": due,
        "is_overdue": due is not None and due < today(),
        "is_public": row.is_public,
        "is_demo": row.is_demo,
        "has_ended": row.status in {AdoptionStatus.ENDED, AdoptionStatus.WITHDRAWN},
    }


def adoption_facts(row: DeclaredAdoption) -> list[tuple[str, str]]:
    """Return what was said, as pairs of label and words; unknown is said."""
    unknown = gettext("keine Angabe")
    origin = row.origin_name
    if row.origin_basis:
        basis = gettext(ORIGIN_BASIS_LABELS[row.origin_basis])
        origin = f"{origin} ({basis})" if origin else basis
    facts = [
        (gettext("Fassung der Lösung"), str(row.solution_version)),
        (gettext("Umfang"), row.extent or unknown),
        (gettext("Betrieb"), gettext(OPERATING_MODEL_LABELS[row.operating_model])),
        (gettext("Betreiber"), row.operator or unknown),
        (gettext("Gelernt von"), origin or unknown),
        (gettext("Wen fragen?"), row.contact_role or unknown),
        (gettext("Erklärt von"), row.declared_by or unknown),
    ]
    if row.end_reason:
        facts.append((gettext("Grund des Endes"), gettext(END_REASON_LABELS[row.end_reason])))
        facts.append((gettext("Ersetzt durch"), row.replaced_by or unknown))
        facts.append((gettext("Was andere wissen sollten"), row.lessons or unknown))
    return facts


def event_line(event: AdoptionEvent) -> dict[str, str]:
    """Return one event of the history."""
    note = event.note
    if note in END_REASON_LABELS:
        note = gettext(END_REASON_LABELS[note])
    return {
        "since": since_words(event.since),
        "relation": gettext(RELATION_LABELS[event.relation]),
        "status": gettext(ADOPTION_STATUS_LABELS[event.status]),
        "note": note,
        "told_by": event.told_by,
    }


def event_rows(row: DeclaredAdoption) -> Iterable[Sequence[Any]]:
    """Return the events of one adoption as rows of a file; codes, not words."""
    for event in queries.list_events(row):
        yield (
            row.solution.name,
            row.solution.slug,
            event.since,
            event.on.isoformat(),
            event.relation,
            event.status,
            event.note,
            from_us(event.told_us).date().isoformat(),
        )


def documented_line(row: CatalogueAdoption) -> dict[str, Any]:
    """Return what a source says of this municipality."""
    return {
        "id": row.pk,
        "name": row.solution.name,
        "slug": row.solution.slug,
        "relation": gettext(RELATION_LABELS[row.relation]),
        "since": since_words(row.since),
        "url": row.source_url,
    }


def form_values(row: DeclaredAdoption | None) -> dict[str, Any]:
    """Return what the form opens with."""
    if row is None:
        return {
            "relation": "reuse", "status": "live", "is_public": True, "operating_model": "unknown",
        }  # fmt: skip
    names = (
        "relation", "status", "since", "contact_role", "extent", "operating_model", "operator",
        "origin_name", "origin_basis", "variant", "is_public",
    )  # fmt: skip
    return {
        **{name: getattr(row, name) for name in names},
        "variant_entry": row.variant_entry_id,
        "variant_is_public": _as_choice(row.variant_is_public),
        "variant_is_offered": _as_choice(row.variant_is_offered),
    }


def _as_choice(value: bool | None) -> str:
    return "" if value is None else str(value)


def variant_shown(row: DeclaredAdoption) -> dict[str, Any] | None:
    """Return what was changed here, None if nobody said anything (TRF-114)."""
    if not row.variant and row.variant_entry is None:
        return None
    return {
        "text": row.variant,
        "entry": row.variant_entry,
        "is_public": gettext(YES_NO_LABELS[_as_choice(row.variant_is_public)]),
        "is_offered": gettext(YES_NO_LABELS[_as_choice(row.variant_is_offered)]),
    }


def item_values(line: queries.ChecklistRow) -> dict[str, Any]:
    """Return what the form of a line opens with."""
    return {
        "state": line.state.value,
        "owner": line.owner,
        "day": line.day,
        "proof": line.proof,
        "reason": line.reason,
    }


def checklist_groups(
    lines: Sequence[queries.ChecklistRow],
    url_of: Callable[[str], str],
    templates_of: Callable[[str], dict[str, str]],
) -> list[dict[str, Any]]:
    """Return the lines by gate, each with the addresses of its template by format."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for line in lines:
        groups.setdefault(line.line.gate, []).append(
            {
                "label": gettext(line.line.label),
                "help": gettext(line.line.help),
                "state": gettext(ITEM_STATE_LABELS[line.state]),
                "kind": {"done": "ok", "skipped": ""}.get(line.state, "warn"),
                "owner": line.owner,
                "day": line.day,
                "proof": line.proof or line.reason,
                "is_gate": line.line.is_gate,
                "templates": templates_of(line.line.key),
                "url": "" if line.is_from_project else url_of(line.line.key),
            }
        )
    return [{"gate": gate, "lines": rows} for gate, rows in groups.items()]


def checklist_row(line: queries.ChecklistRow) -> Sequence[Any]:
    """Return one line as a row of a file."""
    return (
        line.line.gate,
        gettext(line.line.label),
        line.state.value,
        line.owner,
        line.day.isoformat() if line.day else "",
        line.proof,
        line.reason,
    )
