"""Numbers of the phone desk become readings of the package that measures it."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from mehrwert.base.actor import Actor
from mehrwert.base.clock import to_us
from mehrwert.geodata.queries import count_closures, list_tallies
from mehrwert.observations.actions import ReadingBatch, WriteContext, record_observations
from mehrwert.starters.actions.installing import DOOR
from mehrwert.starters.choices import PHONE_DESK, PieceKind
from mehrwert.starters.models import Installation

NOON = time(12)


def feed_phone_desk(day: date, *, actor: Actor) -> int:
    """Write what was counted on a day that is over, and on the first of a month the month before.

    Closures in force and calls of the day go to the first phone desk of the package, the calls
    passed on per counted day of the month to its indicator. Without the package, or without any
    call counted, nothing is written. Doing it again writes nothing new.

    Args:
        day: The day that is over.
        actor: Who writes.

    Returns:
        How many readings are new.
    """
    row = Installation.objects.filter(slug=PHONE_DESK, live_us__isnull=False).first()
    if row is None:
        return 0
    noon_us = _us(day, NOON)
    found = {"sperrungen": (noon_us, float(count_closures(day, noon_us)))}
    tally = list_tallies(day, day + timedelta(days=1)).first()
    if tally is not None:
        found["anrufe"] = (noon_us, float(tally.answered + tally.forwarded))
    following = day + timedelta(days=1)
    if following.day == 1:
        month = day.replace(day=1)
        tallies = list(list_tallies(month, following))
        if tallies:
            mean = sum(one.forwarded for one in tallies) / len(tallies)
            found["durchgestellt"] = (_us(month), mean)
    series = _series_of(row)
    batches = [
        ReadingBatch(series[name], [at_us], [value])
        for name, (at_us, value) in found.items()
        if name in series
    ]
    context = WriteContext(row.tenant_id, DOOR, actor)
    return record_observations(context, batches).created if batches else 0


def _series_of(row: Installation) -> dict[str, int]:
    """Return key of a series → its id; of several phone desks the first."""
    pieces = row.pieces.filter(kind=PieceKind.SERIES.value)
    found: dict[str, int] = {}
    for key, object_id in pieces.order_by("pk").values_list("key", "object_id"):
        if object_id is not None:
            found.setdefault(key.rpartition("/")[2], object_id)
    return found


def _us(day: date, at: time = time()) -> int:
    return to_us(datetime.combine(day, at, ZoneInfo(settings.TIME_ZONE)))
