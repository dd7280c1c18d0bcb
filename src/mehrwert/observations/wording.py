"""Facts in words, in the language of the reader."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext, npgettext

from mehrwert.base.clock import from_us
from mehrwert.base.templatetags.mehrwert import duration, when
from mehrwert.figures import number, quantity
from mehrwert.figures.text import MONTHS, clock, day
from mehrwert.observations.charting import Plot
from mehrwert.observations.choices import (
    AGGREGATION_LABELS,
    FRESHNESS_LABELS,
    PROTECTION_LABELS,
    QUALIFIER_LABELS,
    QUALITY_LABELS,
    Aggregation,
    Edit,
    Freshness,
    Protection,
    Quality,
)
from mehrwert.observations.periods import BERLIN, Period, Step
from mehrwert.observations.queries import DatastreamRow
from mehrwert.observations.rules import DAY_US
from mehrwert.observations.trend import Course, Reading, Trend

HOUR_S = 3600
# an absence shorter than this share of the stretch is not worth a sentence
MISSING_SHARE = 0.02


def language() -> str:
    """Return ``de`` or ``en``."""
    return "en" if (get_language() or "de").startswith("en") else "de"


def value_text(value: Any, unit: str | None = "") -> str:
    """Return a value with its unit; what is not a number comes as it is, shortened."""
    if isinstance(value, bool):
        return gettext("ja") if value else gettext("nein")
    if value is None:
        return "–"
    if isinstance(value, int | float):
        return quantity(float(value), unit or "", language=language())
    text = str(value)
    return text if len(text) <= 60 else f"{text[:59]}…"


def exact_when(at_us: int) -> str:
    """Return a time with its seconds where it has any: 16. Juli 2026, 14:05:20 Uhr."""
    moment = from_us(at_us).astimezone(BERLIN)
    text = when(at_us)
    return text.replace(f"{moment:%H:%M}", f"{moment:%H:%M:%S}") if moment.second else text


def qualifier_text(words: str | None) -> str:
    """Return what stands beside a reading; words that nobody here knows come as they are."""
    known = [QUALIFIER_LABELS.get(word) for word in (words or "").split()]
    if not known or None in known:
        return words or ""
    return ", ".join(gettext(label) for label in known if label)


def edit_text(verb: str) -> str:
    """Return what was done to readings."""
    words = {
        Edit.CORRECT: gettext("berichtigt"),
        Edit.CHANGE: gettext("geändert"),
        Edit.DELETE: gettext("gelöscht"),
        Edit.UNDO: gettext("frühere Werte zurückgeholt"),
        Edit.RESTORE: gettext("Gelöschtes zurückgeholt"),
        Edit.UNDONE: gettext("geändert, inzwischen zurückgenommen"),
    }
    return words[Edit(verb)]


def freshness_text(state: Freshness) -> str:
    """Return the word for a state."""
    return gettext(FRESHNESS_LABELS[state])


def counted_state(state: Freshness) -> str:
    """Return the word for a state as it stands after a number: ``8 schweigend``."""
    words = {Freshness.SILENT: gettext("schweigend"), Freshness.EMPTY: gettext("ohne Werte")}
    return words.get(state) or freshness_text(state)


def state_sentence(state: Freshness, last_us: int | None, now_us: int) -> str:
    """Return the state with its duration where that matters: ``schweigt seit 41 Stunden``."""
    if last_us is None or state not in (Freshness.SILENT, Freshness.LATE):
        return freshness_text(state)
    words = {
        Freshness.SILENT: gettext("schweigt seit %(duration)s"),
        Freshness.LATE: gettext("verspätet, letzter Wert vor %(duration)s"),
    }[state]
    return words % {"duration": dative_duration((now_us - last_us) // 1_000_000)}


def dative_duration(seconds: int) -> str:
    """Return a length of time as it stands after ``seit`` and ``vor``: ``3 Tagen``."""
    minutes = max(1, seconds // 60)
    if minutes < 100:
        return ngettext("%(n)d Minute", "%(n)d Minuten", minutes) % {"n": minutes}
    hours = minutes // 60
    if hours < 72:
        return ngettext("%(n)d Stunde", "%(n)d Stunden", hours) % {"n": hours}
    days = hours // 24
    return npgettext("nach seit, vor", "%(n)d Tag", "%(n)d Tagen", days) % {"n": days}


def quality_text(flag: int) -> str:
    """Return the word for a flag."""
    return gettext(QUALITY_LABELS[Quality(flag)])


def aggregation_text(value: str) -> str:
    """Return the word for how readings are summed up."""
    return gettext(AGGREGATION_LABELS[Aggregation(value)])


def protection_text(value: str) -> str:
    """Return the word for who may see a series."""
    return gettext(PROTECTION_LABELS[Protection(value)])


def interval_text(gap_us: int | None) -> str:
    """Return how often a value is expected."""
    if not gap_us:
        return gettext("nicht bekannt")
    return gettext("alle %(duration)s") % {"duration": duration(round(gap_us / 1_000_000))}


def moment_text(at_us: int, now: datetime, *, with_clock: bool = True) -> str:
    """Return a time as people say it: ``heute 8:05 Uhr``, ``gestern``, ``16. Juli 2026``."""
    local = timezone.localtime(from_us(at_us), BERLIN)
    days = (timezone.localtime(now, BERLIN).date() - local.date()).days
    near = {0: gettext("heute"), 1: gettext("gestern")}.get(days)
    name = near or day(local, language=language())
    if not with_clock:
        return name
    return f"{name}{' ' if near else ', '}{clock(local, language=language())}"


def trend_sentence(trend: Trend, unit: str | None, now: datetime) -> str:
    """Return one or two honest sentences about a stretch of a series."""
    if trend.first is None or trend.last is None:
        return gettext("In diesem Zeitraum gibt es keine Werte.")
    parts = [_course(trend, unit or "", now)]
    if trend.course in (Course.UP, Course.DOWN, Course.SAME):
        parts.append(_extremes(trend, unit or "", now))
    length = trend.last.time_us - trend.first.time_us
    if trend.missing_us > max(MISSING_SHARE * length, HOUR_S * 1_000_000):
        gap = dative_duration(trend.missing_us // 1_000_000)
        parts.append(gettext("Es fehlen Werte aus zusammen %(duration)s.") % {"duration": gap})
    return " ".join(part for part in parts if part)


def _course(trend: Trend, unit: str, now: datetime) -> str:
    first, last = trend.first, trend.last
    if first is None or last is None:
        return ""
    is_short = last.time_us - first.time_us <= 3 * DAY_US
    now_us = int(now.timestamp() * 1_000_000)
    is_current = now_us - last.time_us <= DAY_US
    values = {
        "since": moment_text(first.time_us, now, with_clock=is_short),
        "until": moment_text(last.time_us, now, with_clock=is_short),
        "first": number(first.value, language=language()),
        "last": quantity(last.value, unit, language=language()),
        "total": quantity(trend.total, unit, language=language()),
    }
    if trend.course is Course.SUM:
        return _sum(trend, unit, values)
    words = _current_words() if is_current else _past_words()
    return words[trend.course] % values


def _current_words() -> dict[Course, str]:
    return {
        Course.ONE: gettext("Ein Wert: %(last)s (%(until)s)."),
        Course.SAME: gettext("Blieb seit %(since)s ungefähr gleich, zuletzt %(last)s."),
        Course.UP: gettext("Stieg seit %(since)s von %(first)s auf %(last)s."),
        Course.DOWN: gettext("Fiel seit %(since)s von %(first)s auf %(last)s."),
    }


def _past_words() -> dict[Course, str]:
    return {
        Course.ONE: gettext("Ein Wert: %(last)s (%(until)s)."),
        Course.SAME: gettext("%(since)s bis %(until)s: blieb ungefähr gleich, zuletzt %(last)s."),
        Course.UP: gettext("%(since)s bis %(until)s: stieg von %(first)s auf %(last)s."),
        Course.DOWN: gettext("%(since)s bis %(until)s: fiel von %(first)s auf %(last)s."),
    }


def _sum(trend: Trend, unit: str, values: dict[str, str]) -> str:
    text = gettext("%(since)s bis %(until)s: zusammen %(total)s.") % values
    if trend.per_day is None:
        return text
    per_day = quantity(
        trend.per_day, unit, 0 if trend.per_day >= 100 else None, language=language()
    )
    daily = gettext("Das sind im Mittel %(n)s am Tag.") % {"n": per_day}
    return f"{text} {daily}"


def _extremes(trend: Trend, unit: str, now: datetime) -> str:
    """Name the top or bottom where it lies clearly outside the two ends."""
    first, last, low, high = trend.first, trend.last, trend.lowest, trend.highest
    if first is None or last is None or low is None or high is None:
        return ""
    margin = 0.1 * (high.value - low.value)
    parts = []
    if high.value > max(first.value, last.value) + margin:
        parts.append(gettext("Höchster Wert %(value)s (%(when)s).") % _spot(high, unit, now))
    if low.value < min(first.value, last.value) - margin:
        parts.append(gettext("Tiefster Wert %(value)s (%(when)s).") % _spot(low, unit, now))
    return " ".join(parts)


def _spot(reading: Reading, unit: str, now: datetime) -> dict[str, str]:
    text = quantity(reading.value, unit, language=language())
    return {"value": text, "when": moment_text(reading.time_us, now, with_clock=False)}


def period_text(period: Period, step: Step) -> str:
    """Return the name of a period: ``16. Juli 2026``, ``Woche ab 13. Juli 2026``, ``Juli 2026``."""
    if step is Step.HOUR:
        return when(period.start)
    name = day(period.start, language=language())
    if step is Step.WEEK:
        return gettext("Woche ab %(day)s") % {"day": name}
    if step is Step.MONTH:
        return f"{MONTHS[language()].split()[period.start.month - 1]} {period.start.year}"
    return name


def citation(plot: Plot, town: str, url: str) -> str:
    """Return a reference ready to paste: who, what, when, source, licence, retrieved, where."""
    first, last = plot.trend.first, plot.trend.last
    ends = None if first is None or last is None else (first.time_us, last.time_us)
    return reference(plot.series, town, url, ends)


def reference(series: DatastreamRow, town: str, url: str, ends_us: tuple[int, int] | None) -> str:
    """Return a reference to readings of a series between two times."""
    shown = ""
    if ends_us is not None:
        ends = [
            day(timezone.localtime(from_us(at_us), BERLIN), language=language())
            for at_us in ends_us
        ]
        shown = " " + gettext("%(from)s bis %(to)s.") % {"from": ends[0], "to": ends[1]}
    named = series.credit or series.source or town
    licence = gettext("Lizenz: %(licence)s.") % {"licence": series.licence}
    parts = [
        f"{named}: {series.thing_name}, {series.name}.{shown}",
        licence if series.licence else "",
        gettext("Abgerufen am %(day)s, %(url)s")
        % {"day": day(timezone.localtime(), language=language()), "url": url},
    ]
    return " ".join(part for part in parts if part).replace("\u00a0", " ")
