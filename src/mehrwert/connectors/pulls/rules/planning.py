"""When to run next, and which stretches of time to ask for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote

from .recipe import Recipe

SECOND_US = 1_000_000
DAY_US = 86_400 * SECOND_US
FIRST_WAIT_S = 60
LONGEST_WAIT_S = 6 * 3600
MOST_REQUESTS = 24


@dataclass(frozen=True, slots=True)
class Stretch:
    """A half-open stretch of time to ask for, in µs UTC."""

    from_us: int
    to_us: int


def wait_s(failures: int, every_s: int, asked_s: int = 0) -> int:
    """Return the seconds until the next run.

    Args:
        failures: In a row; 0 after a success.
        every_s: How often the pull runs.
        asked_s: What the server asked for (``Retry-After``), at most a day.
    """
    if not failures:
        return every_s
    longest = max(every_s, LONGEST_WAIT_S)
    grown: int = min(longest, FIRST_WAIT_S * 2 ** min(failures - 1, 20))
    return max(grown, min(asked_s, 86_400))


def stretches(recipe: Recipe, cursor_us: int | None, now_us: int) -> list[Stretch]:
    """Return what to ask for, the oldest first: what is new and what was missed meanwhile."""
    oldest_us = now_us - recipe.window_days * DAY_US
    if cursor_us is None:
        start_us = now_us - (recipe.initial_days or recipe.window_days) * DAY_US
    else:
        start_us = cursor_us - recipe.overlap_s * SECOND_US
    at_us = max(start_us, oldest_us)
    found: list[Stretch] = []
    while at_us < now_us and len(found) < MOST_REQUESTS:
        end_us = min(at_us + recipe.span_days * DAY_US, now_us)
        found.append(Stretch(at_us, end_us))
        at_us = end_us
    return found


def lost_us(recipe: Recipe, cursor_us: int | None, now_us: int) -> Stretch | None:
    """Return what the source does not give any more, None when nothing is lost."""
    oldest_us = now_us - recipe.window_days * DAY_US
    if cursor_us is None or cursor_us >= oldest_us:
        return None
    return Stretch(cursor_us, oldest_us)


def urls_for(
    recipe: Recipe, answers: Mapping[str, str], stretch: Stretch, now_us: int
) -> list[str]:
    """Return the addresses to fetch for a stretch, the oldest values first."""
    age_s = (now_us - stretch.from_us) // SECOND_US
    return [fill(one.url, answers, stretch) for one in recipe.urls if age_s >= one.older_than_s]


def fill(url: str, answers: Mapping[str, str], stretch: Stretch) -> str:
    """Return an address with answers and times in it, safely quoted."""
    values = {key: quote(value, safe="") for key, value in answers.items()}
    start, end = _moment(stretch.from_us), _moment(stretch.to_us)
    return url.format(
        **values,
        from_iso=quote(start.strftime("%Y-%m-%dT%H:%M:%SZ")),
        to_iso=quote(end.strftime("%Y-%m-%dT%H:%M:%SZ")),
        from_day=start.strftime("%Y-%m-%d"),
        to_day=end.strftime("%Y-%m-%d"),
    )


def _moment(at_us: int) -> datetime:
    return datetime.fromtimestamp(at_us / SECOND_US, tz=UTC)
