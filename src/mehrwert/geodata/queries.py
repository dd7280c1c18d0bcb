"""Everything that reads: closures of a day, which of them a caller means, calls."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max, Q, QuerySet

from mehrwert.geodata.choices import ClosureState
from mehrwert.geodata.models import CallTally, Closure
from mehrwert.geodata.rules import Entry, find_entries, state_on

__all__ = [
    "Found",
    "count_closures",
    "list_closures",
    "list_tallies",
    "read_tally",
    "search_closures",
    "state_of",
]

SOON_DAYS = 28


@dataclass(frozen=True, slots=True)
class Found:
    """Closures that may be meant, and when somebody last looked at the list (None = never)."""

    rows: Sequence[Closure]
    checked_us: int | None


def state_of(row: Closure, today: date) -> ClosureState:
    """Return how far a closure is on a day."""
    return state_on(row.starts_on, row.ends_on, is_ended=row.ended_us is not None, today=today)


def list_closures(state: str, today: date) -> "QuerySet[Closure]":
    """Return closures in one state, by street; without a state all that are not ended."""
    rows = Closure.objects.order_by("street", "starts_on", "pk")
    if state == ClosureState.ENDED:
        return rows.filter(ended_us__isnull=False).order_by("-ended_us")
    rows = rows.filter(ended_us=None)
    if state == ClosureState.PLANNED:
        return rows.filter(starts_on__gt=today)
    if state == ClosureState.UNCONFIRMED:
        return rows.filter(starts_on__lte=today, ends_on__lt=today)
    if state == ClosureState.ACTIVE:
        return rows.filter(Q(ends_on=None) | Q(ends_on__gte=today), starts_on__lte=today)
    return rows


def count_closures(day: date, at_us: int) -> int:
    """Return how many streets were closed on a day as far as anybody knew at a moment of it."""
    rows = Closure.objects.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)
    return rows.filter(Q(ended_us=None) | Q(ended_us__gt=at_us)).count()


def search_closures(asked: str, today: date) -> Found:
    """Return which closures a caller may mean: those of now and of the next four weeks.

    Without words: all of them, what holds now first.
    """
    until = today + timedelta(days=SOON_DAYS)
    rows = list(list_closures("", today).filter(starts_on__lte=until))
    checked = Closure.objects.aggregate(at=Max("checked_us"))["at"]
    if asked.strip():
        by_key = {row.pk: row for row in rows}
        entries = [Entry(row.pk, _texts(row)) for row in rows]
        hits = find_entries(asked, entries)
        rank = {hit.key: -round(hit.likeness, 2) for hit in hits}
        rows = [by_key[hit.key] for hit in hits]
        return Found(sorted(rows, key=lambda r: (rank[r.pk], r.starts_on, r.pk)), checked)
    order = list(ClosureState)
    rows.sort(key=lambda r: (order.index(state_of(r, today)) == 0, r.street, r.starts_on))
    return Found(rows, checked)


def _texts(row: Closure) -> tuple[str, ...]:
    rest = " ".join((row.reason, row.detour, row.direction, row.spoken))
    return row.street, row.section, rest


def read_tally(day: date) -> CallTally:
    """Return the calls of a day; none counted yet gives zeros that are not stored."""
    return CallTally.objects.filter(day=day).first() or CallTally(day=day)


def list_tallies(first: date, end: date) -> "QuerySet[CallTally]":
    """Return the calls of the days ``[first, end)`` on which any was counted."""
    return CallTally.objects.filter(day__gte=first, day__lt=end).order_by("day")
