"""Reads who can be told, and who is on duty."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from mehrwert.alerts.models import Cover, DutyPerson, Roster, Webhook
from mehrwert.alerts.rules import Rotation, StandIn, Watch, calendar, on_duty
from mehrwert.base.clock import from_us


def list_webhooks() -> "QuerySet[Webhook]":
    """Return the webhooks of the municipality by title."""
    return Webhook.objects.order_by("title", "pk")


def list_rosters() -> "QuerySet[Roster]":
    """Return the rosters of the municipality by title, with their people."""
    return Roster.objects.prefetch_related("people", "covers").order_by("title", "pk")


def list_people(roster: Roster) -> list[DutyPerson]:
    """Return the people of a roster in their turn."""
    return sorted(roster.people.all(), key=lambda person: person.place)


def list_covers(roster: Roster) -> list[Cover]:
    """Return those who stand in, oldest entry first."""
    return sorted(roster.covers.all(), key=lambda cover: cover.pk)


def read_on_duty(roster: Roster, at: datetime, zone: ZoneInfo) -> DutyPerson | None:
    """Return who is on duty; None when the roster has nobody."""
    found = on_duty(_rotation(roster), _stand_ins(roster), at, zone)
    return next((p for p in list_people(roster) if p.pk == found), None)


def read_calendar(
    roster: Roster, span: tuple[datetime, datetime], zone: ZoneInfo
) -> list[tuple[Watch, DutyPerson]]:
    """Return who is on duty when, without gaps."""
    people = {person.pk: person for person in list_people(roster)}
    watches = calendar(_rotation(roster), _stand_ins(roster), span, zone)
    return [(watch, people[watch.person]) for watch in watches]


def _rotation(roster: Roster) -> Rotation:
    people = tuple(person.pk for person in list_people(roster))
    return Rotation(roster.begins_on, roster.handover, roster.turn_days, people)


def _stand_ins(roster: Roster) -> list[StandIn]:
    return [
        StandIn(from_us(cover.start_us), from_us(cover.end_us), cover.person_id)
        for cover in list_covers(roster)
    ]
