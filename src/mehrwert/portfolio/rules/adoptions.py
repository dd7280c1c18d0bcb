"""Adoptions as plain values: days as people say them, replay of events, stages for the funnel."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from mehrwert.catalogue.choices import AdoptionStatus

# a live use is asked for again after this (TRF-113), and announced this long before
USE_DAYS = 540
REMIND_DAYS = 60
STAGES: tuple[str, ...] = (
    AdoptionStatus.INTEREST,
    AdoptionStatus.TRIAL,
    AdoptionStatus.DECIDED,
    AdoptionStatus.LIVE,
    AdoptionStatus.ENDED,
)


class Happening(Protocol):
    """What replay needs to know of an event."""

    on: date
    relation: str
    status: str


@dataclass(frozen=True, slots=True)
class AdoptionState:
    """Relation and status on a day."""

    relation: str
    status: str


def first_day_of(since: str) -> date:
    """Return the first day of a year, month or day: 2024, 2024-05, 2024-05-17.

    Raises:
        ValueError: No such day.
    """
    parts = [int(part) for part in since.split("-")]
    return date(*[*parts, 1, 1][:3])


def state_on(events: Iterable[Happening], day: date) -> AdoptionState | None:
    """Return what was declared for a day; None before the first event.

    Of several events of one day the one told last counts; the order of ``events`` is that of
    telling.
    """
    found: Happening | None = None
    for event in events:
        if event.on <= day and (found is None or event.on >= found.on):
            found = event
    return AdoptionState(found.relation, found.status) if found else None


def stage_days(events: Iterable[Happening]) -> dict[str, str]:
    """Return stage → ISO day on which it was first reached; statuses outside are left out."""
    days: dict[str, date] = {}
    for event in events:
        if event.status in STAGES:
            days[event.status] = min(event.on, days.get(event.status, event.on))
    return {stage: days[stage].isoformat() for stage in STAGES if stage in days}


def confirm_due_on(status: str, verified_on: date) -> date | None:
    """Return until when a live use must be confirmed; None for everything else."""
    return verified_on + timedelta(days=USE_DAYS) if status == AdoptionStatus.LIVE else None


def needs_confirmation(status: str, verified_on: date, today: date) -> bool:
    """Say whether it is time to ask."""
    due = confirm_due_on(status, verified_on)
    return due is not None and today >= due - timedelta(days=REMIND_DAYS)


def count_done(states: Mapping[str, str], total: int) -> tuple[int, int]:
    """Return how many lines are done or skipped, of how many."""
    return sum(state in {"done", "skipped"} for state in states.values()), total
