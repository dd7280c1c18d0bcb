"""The Amtsdashboard in words: decisions, figures, the cliff."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.utils.safestring import mark_safe
from django.utils.translation import gettext

from mehrwert.figures import bar, number, sparkline
from mehrwert.portfolio.choices.indicators import ORIGIN_LABELS, Origin
from mehrwert.portfolio.models import NeededDecision
from mehrwert.portfolio.presenting.words import (
    age_words,
    day_words,
    euro,
    language,
    month_words,
)
from mehrwert.portfolio.queries import CliffLine, Figure, Shown
from mehrwert.portfolio.rules.financing import Cliff
from mehrwert.portfolio.rules.ruleset import PORTFOLIO

SOON_DAYS = 30
Address = Callable[..., str]


def decision_card(row: NeededDecision, today: date, address: Address) -> dict[str, Any]:
    """Return something to decide with its deadline and two ways to go on."""
    days = (row.until - today).days
    if days < 0:
        tag, kind = gettext("Frist vorbei %(age)s") % {"age": age_words(-days)}, "bad"
    else:
        tag = gettext("Frist %(day)s") % {"day": day_words(row.until)}
        kind = "warn" if days <= SOON_DAYS else "info"
    return {
        "tag": tag,
        "kind": kind,
        "title": row.question,
        "text": row.why,
        "body": row.body,
        "project": row.project.title,
        "look_url": address("project", row.project),
        "decide_url": address("decision", row.project, decision_id=row.pk),
    }


def cliff_card(line: CliffLine, address: Address) -> dict[str, Any]:
    """Return a funding that ends without a decision as something to decide."""
    row = line.funding
    loss = line.lost[-1][1]
    text = gettext("%(programme)s endet am %(day)s.") % {
        "programme": row.programme,
        "day": day_words(row.ends_on),
    }
    if loss is not None:
        text += " " + gettext("Danach fehlen %(euro)s im Jahr.") % {"euro": euro(loss)}
    else:
        text += " " + gettext("Wie viel danach fehlt, ist nicht bekannt.")
    return {
        "tag": gettext("Förderung endet %(day)s") % {"day": day_words(row.ends_on)},
        "kind": "warn",
        "title": gettext("%(title)s: Wer bezahlt danach?") % {"title": row.project.title},
        "text": text,
        "body": "",
        "project": row.project.title,
        "look_url": address("financing", row.project),
        "decide_url": address("funding_decide", row.project, funding_id=row.pk),
    }


def figure_view(one: Figure, address: Address) -> dict[str, Any]:
    """Return one figure with target, freshness and the decision it serves."""
    shown, row = one.shown, one.row
    last = shown.last
    tag, kind = _verdict(one)
    values = [value.value for value in shown.values]
    newest = last.value if last else None
    spark = sparkline(values, size=(200, 36), target=row.target) if len(values) > 1 else ""
    return {
        "label": shown.version.name,
        "value": number(newest, language=language()),
        "unit": shown.version.unit,
        "tag": tag,
        "kind": kind,
        "spark": mark_safe(spark),  # noqa: S308 (drawn by figures)
        "is_stale": shown.is_stale,
        "note": gettext("Ziel %(target)s bis %(day)s")
        % {
            "target": number(row.target, language=language()),
            "day": day_words(row.target_on),
        },
        "fresh": freshness_words(shown),
        "owner": row.owner_role,
        "serves": row.decision_served,
        "url": address("indicator", indicator_id=shown.indicator.pk),
    }


def freshness_words(shown: Shown) -> str:
    """Return of which month the newest value is, or why there is none."""
    last = shown.last
    if last is None:
        return gettext("noch kein Wert")
    if last.value is None:
        return last.absence
    month = month_words(last.period)
    said = gettext("%(month)s, veraltet") % {"month": month} if shown.is_stale else month
    return said if last.origin != Origin.ASSOCIATION else f"{said}, {association_words()}"


def association_words() -> str:
    """Return the mark of a value that is not the municipality's own (EVI-27)."""
    return gettext(ORIGIN_LABELS[Origin.ASSOCIATION])


def _verdict(one: Figure) -> tuple[str, str]:
    if one.shown.last is None or one.shown.last.value is None:
        return gettext("kein Wert"), ""
    if one.is_met is None:
        return gettext("veraltet"), ""
    if one.is_alarm:
        return gettext("Alarm"), "bad"
    return (gettext("im Ziel"), "ok") if one.is_met else (gettext("nicht im Ziel"), "warn")


def cliff_view(found: Cliff) -> dict[str, Any]:
    """Return the years of the cliff with bars, and whether somebody must decide."""
    most = max(found.by_year.values(), default=None)
    return {
        "years": [
            {
                "year": str(year),
                "euro": euro(lost),
                "bar": mark_safe(bar(float(lost / most) if most else 0.0)),  # noqa: S308 (figures)
            }
            for year, lost in found.by_year.items()
        ],
        "is_warning": found.is_warning,
        "has_any": bool(most),
        "undecided": euro(found.undecided_eur),
        "ahead": euro(found.ahead_eur),
        "share": number(float(found.share * 100), 0, language=language())
        if found.share is not None
        else "",
        "limit": number(float(PORTFOLIO.cliff_warn_share * 100), 0, language=language()),
        "months": PORTFOLIO.cliff_months,
    }


def unused(figures: Sequence[Figure], now_us: int, address: Address) -> list[dict[str, str]]:
    """Return figures nobody opened for six months, with the way to take each off (PF-164)."""
    limit = PORTFOLIO.unopened_months * 30 * 86_400_000_000
    return [
        {
            "name": one.shown.version.name,
            "url": address("indicator", indicator_id=one.shown.indicator.pk),
            "remove_url": address("indicator_remove", indicator_id=one.shown.indicator.pk),
        }
        for one in figures
        if now_us - (one.row.opened_us or one.row.changed_us) > limit
    ]
