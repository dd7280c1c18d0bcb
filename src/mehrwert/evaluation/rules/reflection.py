"""When is asked (PF-122), and how far roles agree on a coded question (PF-123)."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Standing(StrEnum):
    """Where a moment of the review stands."""

    ANSWERED = "answered"
    OVERDUE = "overdue"
    AHEAD = "ahead"
    NO_DATE = "no_date"


@dataclass(frozen=True, slots=True)
class Course:
    """The dates of a project; None where nobody planned one.

    Attributes:
        starts_on: Its beginning.
        gates: Gate before the last → day passed or planned.
        ends_on: Its end, passed or planned.
    """

    starts_on: date
    gates: Mapping[str, date | None]
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class Due:
    """One moment of the review: its key, its day, where it stands."""

    moment: str
    due_on: date | None
    standing: Standing


def schedule(course: Course, answered: Mapping[str, date], today: date) -> list[Due]:
    """Return the moments of a project in their order; whoever answered keeps the day.

    Nothing is stored: a date that moves takes the open moments with it (PF-122).

    Args:
        course: The dates as they stand.
        answered: Moment → day of its first answer.
        today: The day.
    """
    later = _next_year(course.ends_on) if course.ends_on else None
    days = [("start", course.starts_on), *course.gates.items()]
    days += [("end", course.ends_on), ("later", later)]
    return [
        Due(moment, answered.get(moment, day), _standing(moment in answered, day, today))
        for moment, day in days
    ]


def next_due(moments: Sequence[Due]) -> Due | None:
    """Return what is asked now: what is overdue the longest, else what comes next."""
    late = [one for one in moments if one.standing is Standing.OVERDUE]
    ahead = [one for one in moments if one.standing is Standing.AHEAD]
    return next(iter(late or ahead), None)


_SILENCE = re.compile(
    r"\W*(keine angaben?|k\W*a\W*|no (answer|comment|statement))\W*", re.IGNORECASE
)


def is_bare_silence(code: str, text: str) -> bool:
    """Say whether somebody says nothing to a question and not why (PF-125)."""
    return not code and _SILENCE.fullmatch(text) is not None


def _next_year(day: date) -> date:
    is_leap_day = (day.month, day.day) == (2, 29)
    return date(day.year + 1, day.month, 28 if is_leap_day else day.day)


def _standing(is_answered: bool, day: date | None, today: date) -> Standing:
    if is_answered:
        return Standing.ANSWERED
    if day is None:
        return Standing.NO_DATE
    return Standing.OVERDUE if day < today else Standing.AHEAD


def dispersion(codes: Iterable[str]) -> float | None:
    """Return 1 − Σ share² over the codes of all roles; 0 is one voice, None without any.

    Source: PF-123.
    """
    counted = Counter(code for code in codes if code)
    total = sum(counted.values())
    if not total:
        return None
    return 1 - sum((n / total) ** 2 for n in counted.values())
