"""Quiet hours: what is no alarm waits until they are over."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from mehrwert.alerts.choices import Severity


def due_at(
    at: datetime, severity: Severity, quiet: tuple[time, time] | None, zone: ZoneInfo
) -> datetime:
    """Return when a message may go out.

    Args:
        at: When it arises, with a time zone.
        severity: An alarm always goes out at once.
        quiet: Local begin and end of the quiet hours, may cross midnight; None or equal = none.
        zone: Where the clock on the wall hangs.
    """
    if quiet is None or quiet[0] == quiet[1] or severity is Severity.ALARM:
        return at
    begin, end = quiet
    local = at.astimezone(zone)
    now = local.time()
    is_quiet = begin <= now < end if begin < end else now >= begin or now < end
    if not is_quiet:
        return at
    day = local.date() + timedelta(days=now >= end)
    return datetime.combine(day, end, zone).astimezone(at.tzinfo)
