"""Which month a report covers and until when it is due. A month is its first day."""

from datetime import date, timedelta

RHYTHMS = (1, 3, 6)


def month_of(day: date) -> date:
    """Return the month of a day."""
    return day.replace(day=1)


def add_months(month: date, count: int) -> date:
    """Return the month so many months later, or earlier for a negative number."""
    number = month.year * 12 + month.month - 1 + count
    return date(number // 12, number % 12 + 1, 1)


def months_later(day: date, count: int) -> date:
    """Return the same day so many months later; the last of the month where it has no such day."""
    month = add_months(day, count)
    last = add_months(month, 1) - timedelta(days=1)
    return month.replace(day=min(day.day, last.day))


def is_report_month(month: date, rhythm: int) -> bool:
    """Say whether a report ends with a month: each, each third, each sixth of the year."""
    return month.month % rhythm == 0


def last_report_month(today: date, rhythm: int) -> date:
    """Return the newest report month that is over."""
    month = add_months(month_of(today), -1)
    while not is_report_month(month, rhythm):
        month = add_months(month, -1)
    return month


def report_months(starts_on: date, today: date, rhythm: int) -> list[date]:
    """Return the report months that are over, from the one in which a project starts on."""
    last, month = last_report_month(today, rhythm), month_of(starts_on)
    found = []
    while month <= last:
        if is_report_month(month, rhythm):
            found.append(month)
        month = add_months(month, 1)
    return found


def due_on(month: date, *, due_day: int) -> date:
    """Return until when the report of a month is due: a day of the following month."""
    return add_months(month, 1).replace(day=due_day)


def is_missed(month: date, today: date, *, due_day: int) -> bool:
    """Say whether the due day is over."""
    return today > due_on(month, due_day=due_day)


def is_to_be_reminded(month: date, today: date, *, due_day: int, days_before: int) -> bool:
    """Say whether the due day is near, or over."""
    return today >= due_on(month, due_day=due_day) - timedelta(days=days_before)


def last_day(month: date) -> date:
    """Return the last day of a month."""
    return add_months(month, 1) - timedelta(days=1)
