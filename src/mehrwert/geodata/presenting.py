"""Closures in words: the sentence for callers, the lines of the list, the table."""

from datetime import date, datetime
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext, ngettext

from mehrwert.base.clock import from_us
from mehrwert.figures.text import day
from mehrwert.geodata import queries
from mehrwert.geodata.choices import (
    AFFECTED_LABELS,
    KIND_LABELS,
    KIND_SENTENCES,
    STATE_LABELS,
    STATE_TAGS,
    ClosureState,
)
from mehrwert.geodata.models import Closure

CSV_COLUMNS = (
    "strasse", "abschnitt", "art", "richtung", "beginn", "ende", "voraussichtlich", "grund",
    "umleitung", "betroffen", "amt", "stand", "geprueft_am",
)  # fmt: skip


def day_text(when: date) -> str:
    """Return a day as people read it."""
    moment = datetime(when.year, when.month, when.day)  # noqa: DTZ001 (a day has no clock)
    return day(moment, language="en" if (get_language() or "de").startswith("en") else "de")


def spoken_text(row: Closure, today: date) -> str:
    """Return what to read to a caller: as written, or made from the rest."""
    return row.spoken or " ".join(_sentences(row, today))


def _sentences(row: Closure, today: date) -> list[str]:
    where = f"{row.street}, {row.section}," if row.section else row.street
    direction = gettext(", Richtung %(way)s") % {"way": row.direction} if row.direction else ""
    given = {
        "where": where,
        "what": gettext(KIND_SENTENCES[row.kind]),
        "way": direction,
        "until": until_words(row, today),
    }
    said = [gettext("%(where)s %(what)s%(way)s, %(until)s.") % given]
    if row.reason:
        said.append(gettext("Grund: %(reason)s.") % {"reason": row.reason.rstrip(".")})
    if row.detour:
        said.append(gettext("Umleitung: %(detour)s.") % {"detour": row.detour.rstrip(".")})
    return said


def until_words(row: Closure, today: date) -> str:
    """Return from when and until when; an end that is only expected or unknown is said."""
    if queries.state_of(row, today) is ClosureState.UNCONFIRMED and row.ends_on:
        return gettext("geplant bis %(day)s; ob sie wieder frei ist, ist nicht bestätigt") % {
            "day": day_text(row.ends_on)
        }
    if row.ends_on is None:
        until = gettext("das Ende ist nicht bekannt")
    elif row.is_estimated:
        until = gettext("voraussichtlich bis %(day)s") % {"day": day_text(row.ends_on)}
    else:
        until = gettext("bis einschließlich %(day)s") % {"day": day_text(row.ends_on)}
    if row.starts_on > today:
        return gettext("ab %(day)s, %(until)s") % {"day": day_text(row.starts_on), "until": until}
    return until


def closure_line(row: Closure, today: date) -> dict[str, Any]:
    """Return one closure for lists and cards."""
    state = queries.state_of(row, today)
    return {
        "row": row,
        "kind": gettext(KIND_LABELS[row.kind]),
        "state": gettext(STATE_LABELS[state]),
        "tag": STATE_TAGS[state],
        "is_unconfirmed": state is ClosureState.UNCONFIRMED,
        "until": until_words(row, today),
        "affected": affected_words(row),
        "spoken": spoken_text(row, today),
    }


def affected_words(row: Closure) -> str:
    """Return whom a closure concerns."""
    return ", ".join(
        gettext(label) for one, label in AFFECTED_LABELS.items() if one in row.affected
    )


def calls_words(answered: int, forwarded: int) -> str:
    """Return ``Heute 7 Anrufe, 2 davon weitergeleitet``."""
    n = answered + forwarded
    if not n:
        return gettext("Heute ist noch kein Anruf gezählt.")
    said = ngettext("Heute %(n)d Anruf", "Heute %(n)d Anrufe", n) % {"n": n}
    return gettext("%(calls)s, davon %(n)d weitergeleitet.") % {"calls": said, "n": forwarded}


def csv_row(row: Closure, today: date) -> list[Any]:
    """Return one closure for the file; the contact of the house stays in the house."""
    return [
        row.street,
        row.section,
        gettext(KIND_LABELS[row.kind]),
        row.direction,
        row.starts_on.isoformat(),
        row.ends_on.isoformat() if row.ends_on else "",
        "ja" if row.is_estimated else "nein",
        row.reason,
        row.detour,
        affected_words(row),
        row.office,
        gettext(STATE_LABELS[queries.state_of(row, today)]),
        localtime(from_us(row.checked_us)).date().isoformat(),
    ]
