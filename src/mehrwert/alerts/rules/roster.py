"""Who is on duty: a rotation on the wall clock, and those who stand in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Rotation:
    """``people`` take turns of ``turn_days`` days, the first one from ``begins_on`` on."""

    begins_on: date
    handover: time
    turn_days: int
    people: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class StandIn:
    """Somebody who stands in, from ``start`` until before ``end``."""

    start: datetime
    end: datetime
    person: int


@dataclass(frozen=True, slots=True)
class Watch:
    """A stretch in which one person is on duty, from ``start`` until before ``end``."""

    start: datetime
    end: datetime
    person: int
    is_cover: bool


def on_duty(
    rotation: Rotation, covers: Sequence[StandIn], at: datetime, zone: ZoneInfo
) -> int | None:
    """Return who is on duty; None when the roster has nobody.

    Args:
        rotation: Whose turn it is by itself; also before ``begins_on``.
        covers: Those who stand in, oldest entry first: of two that overlap the last one counts.
        at: With a time zone.
        zone: Where the clock on the wall hangs; the hand-over is at its time, also when clocks
            change.
    """
    found = _watch(rotation, covers, at, zone)
    return None if found is None else found[0]


def calendar(
    rotation: Rotation,
    covers: Sequence[StandIn],
    span: tuple[datetime, datetime],
    zone: ZoneInfo,
) -> list[Watch]:
    """Return who is on duty in a span of time, without gaps; empty when the roster has nobody."""
    start, end = span
    edges = {start, end}
    edges |= {edge for cover in covers for edge in (cover.start, cover.end)}
    edges |= set(_handovers(rotation, start, end, zone))
    inside = sorted(edge for edge in edges if start <= edge <= end)
    watches: list[Watch] = []
    for begin, until in pairwise(inside):
        found = _watch(rotation, covers, begin, zone)
        if found is None:
            return []
        if watches and (watches[-1].person, watches[-1].is_cover) == found:
            watches[-1] = Watch(watches[-1].start, until, *found)
        else:
            watches.append(Watch(begin, until, *found))
    return watches


def _watch(
    rotation: Rotation, covers: Sequence[StandIn], at: datetime, zone: ZoneInfo
) -> tuple[int, bool] | None:
    for cover in reversed(covers):
        if cover.start <= at < cover.end:
            return cover.person, True
    if not rotation.people:
        return None
    turn = _turn(rotation, at, zone)
    return rotation.people[turn % len(rotation.people)], False


def _turn(rotation: Rotation, at: datetime, zone: ZoneInfo) -> int:
    day = at.astimezone(zone).date()
    days = (day - rotation.begins_on).days
    # moments are compared, not clocks: those skip or repeat an hour twice a year
    if at.astimezone(UTC) < _handover(rotation, day, zone):
        days -= 1
    return days // rotation.turn_days


def _handover(rotation: Rotation, day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, rotation.handover, zone).astimezone(UTC)


def _handovers(
    rotation: Rotation, start: datetime, end: datetime, zone: ZoneInfo
) -> "list[datetime]":
    turn = _turn(rotation, start, zone)
    found: list[datetime] = []
    while True:
        day = rotation.begins_on + timedelta(days=turn * rotation.turn_days)
        at = _handover(rotation, day, zone).astimezone(start.tzinfo)
        if at > end:
            return found
        found.append(at)
        turn += 1
