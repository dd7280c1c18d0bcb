"""Duty rosters as pages and calendars say them."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext

from mehrwert.alerts import queries
from mehrwert.alerts.choices import Channel
from mehrwert.alerts.models import DutyPerson, Roster
from mehrwert.alerts.presenting import address
from mehrwert.alerts.rules import Watch, address_of
from mehrwert.base.clock import from_us, now_us, to_us

WEEKS = 8
CALENDAR_WEEKS = 26


def zone() -> ZoneInfo:
    """Return where the clock on the wall hangs."""
    return ZoneInfo(settings.TIME_ZONE)


def roster_line(request: HttpRequest, roster: Roster) -> dict[str, Any]:
    """Return one roster with who is on duty now."""
    person = queries.read_on_duty(roster, from_us(now_us()), zone())
    return {
        "title": roster.title,
        "url": address(request, "roster", roster_id=roster.pk),
        "now": person.name if person else "",
        "n_people": len(queries.list_people(roster)),
    }


def weeks_ahead(roster: Roster, weeks: int = WEEKS) -> list[tuple[Watch, DutyPerson]]:
    """Return who is on duty from now on."""
    start = from_us(now_us())
    return queries.read_calendar(roster, (start, start + timedelta(weeks=weeks)), zone())


def watch_lines(roster: Roster) -> list[dict[str, Any]]:
    """Return the coming weeks of a roster as rows."""
    return [
        {
            "start_us": to_us(watch.start),
            "end_us": to_us(watch.end),
            "name": person.name,
            "is_cover": watch.is_cover,
        }
        for watch, person in weeks_ahead(roster)
    ]


def to_ics(roster: Roster, host: str) -> bytes:
    """Return the coming half year as a calendar (iCalendar, RFC 5545)."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Mehrwert//Dienstplan//DE"]
    for watch, person in weeks_ahead(roster, CALENDAR_WEEKS):
        name = f"{roster.title}: {person.name}"
        lines += [
            "BEGIN:VEVENT",
            f"UID:{roster.pk}-{_utc(watch.start)}@{host}",
            f"DTSTAMP:{_utc(from_us(now_us()))}",
            f"DTSTART:{_utc(watch.start)}",
            f"DTEND:{_utc(watch.end)}",
            _folded(f"SUMMARY:{_escaped(name)}"),
            "END:VEVENT",
        ]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def target_choices() -> list[tuple[str, str]]:
    """Return rosters and webhooks as a rule can choose them."""
    rosters = [
        (address_of(Channel.ROSTER, row.pk), gettext("Dienst: %(name)s") % {"name": row.title})
        for row in queries.list_rosters()
    ]
    hooks = [
        (address_of(Channel.WEBHOOK, row.pk), gettext("Webhook: %(name)s") % {"name": row.title})
        for row in queries.list_webhooks()
    ]
    return rosters + hooks


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _escaped(text: str) -> str:
    for sign in "\\;,":
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", " ")


def _folded(line: str) -> str:
    """Return a line in pieces of at most 75 octets, as RFC 5545 3.1 asks."""
    pieces: list[str] = []
    piece = ""
    for sign in line:
        if len((piece + sign).encode()) > (75 if not pieces else 74):
            pieces.append(piece)
            piece = ""
        piece += sign
    return "\r\n ".join([*pieces, piece])
