"""Everything that reads in the room."""

import time
from dataclasses import dataclass

from django.db import connection

from mehrwert.accounts.models import User
from mehrwert.accounts.queries import read_user_by_email
from mehrwert.base.queries import list_jobs, read_setting
from mehrwert.catalogue.models import Solution
from mehrwert.demo import town
from mehrwert.demo.choices import Character
from mehrwert.demo.projects import PROJECTS
from mehrwert.municipalities.access import read_tenant
from mehrwert.municipalities.models import Tenant
from mehrwert.observations.queries import (
    count_observations,
    count_things,
    list_datastreams,
)

BEGINNING, SHOWERS = "demo.beginning", "demo.showers"
MUENSTER = "muenster"
STORY_TOWN = "quellrode"
SETTINGS_TABLE = "base_setting"


@dataclass(frozen=True, slots=True)
class Beginning:
    """When the towns of this demo begin.

    ``start_us`` is the midnight from which Auental has memory, ``newest_us`` what was loaded before
    the first page, ``seeded_us`` the moment it was made.
    """

    start_us: int
    newest_us: int
    seeded_us: int
    is_finished: bool


def read_beginning() -> Beginning | None:
    """Return when this demo began, None before it was made."""
    stored = read_setting(BEGINNING)
    return Beginning(**stored) if stored else None


def read_shower_starts() -> list[int]:
    """Return when it poured in earlier runs, oldest first."""
    return list(read_setting(SHOWERS, []))


def is_foreign() -> bool:
    """Say whether the database is in use, but not by a demo."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
    if SETTINGS_TABLE not in tables:
        return "django_migrations" in tables and "accounts_user" in tables
    if read_setting(BEGINNING) is not None:
        return False
    return User.objects.exists() or Tenant.objects.exists()


def read_auental() -> Tenant | None:
    """Return the invented town."""
    return read_tenant(town.SLUG)


def read_muenster() -> Tenant | None:
    """Return the town whose counts are real."""
    return read_tenant(MUENSTER)


def read_story_town() -> Tenant | None:
    """Return the invented town in which the story is told to its end."""
    return read_tenant(STORY_TOWN)


def read_character(character: Character) -> User | None:
    """Return the person behind a role."""
    return read_user_by_email(character.email)


@dataclass(frozen=True, slots=True)
class SeriesState:
    """What the simulator must know of one series: its id, until when it has readings."""

    datastream_id: int
    until_us: int | None


def read_series_states(tenant_id: int) -> dict[str, SeriesState]:
    """Return the series of Auental by their keys."""
    return {
        row.external_key: SeriesState(row.id, row.last_end_us or row.last_time_us)
        for row in list_datastreams(tenant_id)
        if row.external_key
    }


@dataclass(frozen=True, slots=True)
class Told:
    """A solution of the demo with what was found, and what Auental plans to pay for it."""

    solution: Solution
    planned_eur: int


def list_told() -> list[Told]:
    """Return the invented solutions whose effect is known, the best first, the failed last."""
    planned = {told.key: told.money[0] for told in PROJECTS}
    rows = Solution.objects.filter(slug__in=list(planned), evidence_class__isnull=False)
    found = [Told(row, planned[row.slug]) for row in rows if "value" in row.evidence]
    return sorted(found, key=lambda told: -float(told.solution.evidence["value"]))


@dataclass(frozen=True, slots=True)
class Counts:
    """What lies in the demo, counted."""

    things: int
    series: int
    observations: int


_counted: tuple[float, Counts] | None = None


def count_all(at_most_s_old: float = 0) -> Counts:
    """Count what lies in both towns, or return a count that is not older than so many seconds."""
    global _counted  # noqa: PLW0603 - a memory of one process
    now = time.monotonic()
    if _counted is None or now - _counted[0] > at_most_s_old:
        _counted = (now, _count())
    return _counted[1]


def _count() -> Counts:
    tenants = [t for t in (read_auental(), read_muenster()) if t is not None]
    return Counts(
        sum(count_things(t.pk) for t in tenants),
        sum(len(list_datastreams(t.pk)) for t in tenants),
        sum(count_observations(t.pk) for t in tenants),
    )


def has_jobs(*tenant_ids: int) -> bool:
    """Say whether the jobs that load older readings were started before."""
    return any(
        job.task.startswith("mehrwert.demo.jobs.")
        for tenant_id in tenant_ids
        for job in list_jobs(tenant_id)
    )
