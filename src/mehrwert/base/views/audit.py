"""Who did what when: of a municipality, and of the installation."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from mehrwert.base import queries
from mehrwert.base.clock import from_us, to_us
from mehrwert.base.forms import AuditFilterForm
from mehrwert.base.http import csv_response, needs, render_page
from mehrwert.base.journal_words import changes, kind_word, verb_word
from mehrwert.base.models import AuditRowBase
from mehrwert.base.paging import key_page
from mehrwert.base.queries import AuditFilter, AuditPosition

PER_PAGE = 50
MOST_SHOWN = 2


@needs("read_audit")
@require_safe
def audit(request: Any) -> HttpResponse:
    """Show the audit of a municipality."""
    csv_url = reverse("base:audit_csv", kwargs={"mandant": request.tenant.slug})
    return _page(request, request.tenant.pk, csv_url)


@needs("read_audit")
@require_safe
def audit_csv(request: Any) -> HttpResponse:
    """Hand out the audit of a municipality as a table."""
    return _csv(request, request.tenant.pk, f"protokoll-{request.tenant.slug}.csv")


@needs("operate")
@require_safe
def system_audit(request: Any) -> HttpResponse:
    """Show the audit of the installation."""
    return _page(request, None, reverse("base:system_audit_csv"))


@needs("operate")
@require_safe
def system_audit_csv(request: Any) -> HttpResponse:
    """Hand out the audit of the installation as a table."""
    return _csv(request, None, "protokoll-betrieb.csv")


def _page(request: Any, tenant_id: int | None, csv_url: str) -> HttpResponse:
    form = AuditFilterForm(request.GET)
    found = queries.list_audit(
        tenant_id, _filter(form), before=_position(request), limit=PER_PAGE + 1
    )
    rows = found[:PER_PAGE]
    following = str(rows[-1].position) if len(found) > PER_PAGE else ""
    context = {
        "form": form,
        "page": key_page(request, [_in_words(row) for row in rows], following, total=None),
        "is_filtered": any(value for value in form.data.values() if value),
        "is_system": tenant_id is None,
        "csv_url": f"{csv_url}?{request.GET.urlencode()}",
        "crumbs": [(gettext("Protokoll"), "")],
    }
    return render_page(request, "base/audit/list.html", context)


def _csv(request: Any, tenant_id: int | None, name: str) -> HttpResponse:
    chosen = _filter(AuditFilterForm(request.GET))
    head = [
        gettext(word)
        for word in ("Zeit", "Person", "Was", "Woran", "Bezeichnung", "Feld", "Vorher", "Nachher")
    ]
    return csv_response(request, name, head, _csv_rows(queries.stream_audit(tenant_id, chosen)))


def _csv_rows(rows: Iterator[AuditRowBase]) -> Iterator[list[str]]:
    for row in rows:
        when = timezone.localtime(from_us(row.at_us)).isoformat(timespec="seconds")
        start = [when, row.actor_label, verb_word(row.verb), kind_word(row.kind), row.label]
        told = changes(row.before, row.after) or [("", "", "")]
        yield from ([*start, *change] for change in told)


def _in_words(row: AuditRowBase) -> dict[str, Any]:
    told = changes(row.before, row.after)
    return {
        "at_us": row.at_us,
        "who": row.actor_label or gettext("unbekannt"),
        "actor_kind": row.actor_kind,
        "what": verb_word(row.verb),
        "kind": kind_word(row.kind),
        "label": row.label or row.object_id,
        "first_changes": told[:MOST_SHOWN],
        "more_changes": told[MOST_SHOWN:],
    }


def _filter(form: AuditFilterForm) -> AuditFilter:
    """Return the narrowing; what cannot be understood narrows nothing and is said by the form."""
    form.is_valid()
    given = form.cleaned_data
    return AuditFilter(
        kind=given.get("art") or "",
        actor=given.get("person") or "",
        text=given.get("suche") or "",
        from_us=_start_of(given.get("von")),
        to_us=_start_of(given.get("bis"), days=1),
    )


def _start_of(day: Any, *, days: int = 0) -> int:
    """Return the start of a day in Berlin, so many days later; 0 without a day."""
    if day is None:
        return 0
    start = datetime(day.year, day.month, day.day) + timedelta(days=days)  # noqa: DTZ001
    return to_us(timezone.make_aware(start))


def _position(request: Any) -> AuditPosition | None:
    parts = request.GET.get("ab", "").split("-")
    if len(parts) != 3 or not all(part.isdecimal() and len(part) < 19 for part in parts):
        return None
    return AuditPosition(*(int(part) for part in parts))
