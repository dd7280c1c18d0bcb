"""What lies ahead, in words: the funding cliff, lead times, what is switched off."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext

from mehrwert.base.http import rounded
from mehrwert.figures.text import NBSP, number
from mehrwert.portfolio.models import Replacement
from mehrwert.portfolio.presenting.dashboard import cliff_view
from mehrwert.portfolio.presenting.words import day_words, euro, language
from mehrwert.portfolio.queries import CliffLine
from mehrwert.portfolio.rules.financing import Cliff
from mehrwert.portfolio.rules.leadtime import LeadTime


def percent(share: Decimal) -> str:
    """Return ``75 %``."""
    return f"{number(float(share * 100), language=language())}{NBSP}%"


def counts(one: Replacement, today: date) -> bool:
    """Say whether a replacement counts: confirmed and its day is over (PF-154)."""
    return bool(one.confirmed_by) and one.off_on <= today


def cliff_table(lines: Sequence[CliffLine], found: Cliff, today: date) -> dict[str, Any]:
    """Return the years as columns with their sum, and the warning."""
    return {
        **cliff_view(found),
        "columns": [str(year) for year in found.by_year],
        "n_unknown": sum(line.lost[0][1] is None for line in lines),
    }


def cliff_line(line: CliffLine) -> dict[str, Any]:
    """Return one funding of the calendar."""
    row = line.funding
    return {
        "row": row,
        "percent": percent(row.share),
        "ends": day_words(row.ends_on),
        "committed": day_words(row.committed_until) if row.committed_until else "",
        "lost": [(str(year), euro(lost)) for year, lost in line.lost],
    }


def cliff_csv_row(line: CliffLine) -> list[Any]:
    """Return one funding for the file."""
    row = line.funding
    return [
        row.project.title,
        row.programme,
        row.ends_on.isoformat(),
        row.committed_until.isoformat() if row.committed_until else "",
        f"{row.share:.4f}".replace(".", ","),
        row.decision,
        *("" if eur is None else rounded(eur) for _year, eur in line.lost),
    ]


def lead_line(one: LeadTime) -> dict[str, Any]:
    """Return the lead time of one gate with its trend."""
    trend = one.trend
    if trend is None:
        words = gettext("noch kein Vergleich mit dem Vorjahr")
    elif abs(trend) < 1:
        words = gettext("wie im Vorjahr")
    elif trend < 0:
        words = gettext("%(n)s Tage schneller als im Vorjahr") % {"n": _days(-trend)}
    else:
        words = gettext("%(n)s Tage langsamer als im Vorjahr") % {"n": _days(trend)}
    return {
        "n": one.n,
        "days": gettext("%(n)s Tage") % {"n": _days(one.days)} if one.days is not None else "–",
        "trend": words if one.n else gettext("noch keines durchschritten"),
        "is_slower": trend is not None and trend >= 1,
    }


def _days(value: float) -> str:
    return number(value, 0, language=language())
