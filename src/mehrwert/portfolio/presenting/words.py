"""Money, months and lights as people read them."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

from mehrwert.figures.text import MONTHS, NBSP, number
from mehrwert.portfolio.choices.reports import LIGHT_LABELS, Deviation, Light

# light → (icon, class of colour); the word stands beside it
SIGNS: dict[str, tuple[str, str]] = {
    Light.GREEN: ("ok", "ok"),
    Light.INCOMPLETE: ("ok", "part"),
    Light.YELLOW: ("warn", "warn"),
    Light.RED: ("bad", "bad"),
    Light.UNKNOWN: ("info", ""),
    Light.LATE: ("silent", ""),
    Light.MISSING: ("bad", ""),
}
DEVIATIONS: dict[str, str] = {
    Deviation.WATERMELON: "bad",
    Deviation.BETTER: "warn",
}


def language() -> str:
    """Return ``de`` or ``en``."""
    return "en" if (get_language() or "de").startswith("en") else "de"


def euro(amount: Decimal | float | None) -> str:
    """Return an amount; unknown is said and never zero."""
    if amount is None:
        return gettext("nicht bekannt")
    places = 0 if amount == int(amount) else 2
    return f"{number(float(amount), places, language=language())}{NBSP}€"


def month_words(month: date) -> str:
    """Return ``Juni 2026``."""
    return f"{MONTHS[language()].split()[month.month - 1]}{NBSP}{month.year}"


def day_words(day: date | None) -> str:
    """Return ``16. Juli 2026``."""
    if day is None:
        return gettext("kein Termin")
    dot = "." if language() == "de" else ""
    return f"{day.day}{dot}{NBSP}{month_words(day)}"


def light_view(light: str, parts: dict[str, str] | None = None) -> dict[str, Any]:
    """Return sign, colour and word of a light; green with unknown parts says how many."""
    light = light or Light.UNKNOWN.value
    icon, kind = SIGNS[light]
    label = gettext(LIGHT_LABELS[light])
    if light == Light.INCOMPLETE and parts:
        unknown = sum(part == Light.UNKNOWN for part in parts.values())
        label = gettext("%(light)s (%(n)s von %(all)s)") % {
            "light": label,
            "n": unknown,
            "all": len(parts),
        }
    return {"icon": icon, "kind": kind, "label": label, "light": light}


def deviation_view(found: str) -> dict[str, str] | None:
    """Return the note beside two lights, None if they agree or the stated one is worse."""
    if found not in DEVIATIONS:
        return None
    text = (
        gettext("Wassermelonen-Hinweis: als grün gemeldet, als rot berechnet")
        if found == Deviation.WATERMELON
        else gettext("gemeldet besser als berechnet")
    )
    short = gettext("Wassermelone") if found == Deviation.WATERMELON else text
    return {"text": text, "short": short, "kind": DEVIATIONS[found]}


def age_words(days: int) -> str:
    """Return ``seit 3 Wochen``."""
    if days < 14:
        return ngettext("seit %(n)d Tag", "seit %(n)d Tagen", days) % {"n": days}
    if days < 120:
        return gettext("seit %(n)d Wochen") % {"n": days // 7}
    return gettext("seit %(n)d Monaten") % {"n": days // 30}


def share_bar(spent: Decimal, planned: Decimal, *, target: float | None = None) -> SafeString:
    """Return a bar of the money spent, with a tick where the time stands; red above the plan."""
    share = float(spent / planned) if planned else 0.0
    filled = round(max(0.0, min(share, 1.0)) * 150, 1)
    kind = "over" if share > 1 or (target is not None and share > target + 0.15) else ""
    tick = ""
    if target is not None:
        x = round(max(0.0, min(target, 1.0)) * 148, 1)
        tick = format_html('<rect class="tick" x="{}" width="2" height="14"/>', x)
    return format_html(
        '<svg class="pf-bar" viewBox="0 0 150 14" aria-hidden="true" focusable="false">'
        '<rect class="all" y="3" width="150" height="8" rx="2"/>'
        '<rect class="part {}" y="3" width="{}" height="8" rx="2"/>{}</svg>',
        kind,
        filled,
        tick,
    )
