"""What page writers use: ``{% load mehrwert %}``."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, ngettext

from mehrwert.base.icons import icon_svg, logo_svg
from mehrwert.base.navigation import wiring
from mehrwert.base.paging import with_query
from mehrwert.figures import text

register = template.Library()


def _language() -> str:
    return "en" if (get_language() or "de").startswith("en") else "de"


def as_moment(value: datetime | int | None) -> datetime | None:
    """Return a local time; whole numbers are microseconds since 1970."""
    if value is None or value == "":
        return None
    if isinstance(value, int):
        value = datetime.fromtimestamp(value / 1_000_000, tz=UTC)
    return timezone.localtime(value)


@register.filter
def number(value: Any, places: int | None = None) -> str:
    """``{{ 1.42|number:1 }}`` → 1,4."""
    return text.number(None if value in (None, "") else float(value), places, language=_language())


@register.filter
def quantity(value: Any, unit: str = "") -> str:
    """``{{ 1.42|quantity:"m" }}`` → 1,42 m with a no-break space."""
    given = None if value in (None, "") else float(value)
    return text.quantity(given, str(unit or ""), language=_language())


@register.filter
def when(value: datetime | int | None) -> str:
    """``16. Juli 2026, 14:05 Uhr``."""
    moment = as_moment(value)
    if moment is None:
        return "–"
    return f"{text.day(moment, language=_language())}, {text.clock(moment, language=_language())}"


@register.filter
def day(value: datetime | date | int | None) -> str:
    """``16. Juli 2026``."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return text.day(datetime(value.year, value.month, value.day), language=_language())  # noqa: DTZ001
    moment = as_moment(value)
    return text.day(moment, language=_language()) if moment else "–"


@register.filter
def clock(value: datetime | int | None) -> str:
    """``14:05 Uhr``."""
    moment = as_moment(value)
    return text.clock(moment, language=_language()) if moment else "–"


@register.filter
def duration(seconds: Any) -> str:
    """Return a length of time in its largest sensible unit: ``41 Stunden``."""
    if seconds in (None, ""):
        return "–"
    given = seconds.total_seconds() if isinstance(seconds, timedelta) else float(seconds)
    minutes = int(given // 60)
    if minutes < 1:
        count = max(int(given), 0)
        return ngettext("%(n)d Sekunde", "%(n)d Sekunden", count) % {"n": count}
    if minutes < 100:
        return ngettext("%(n)d Minute", "%(n)d Minuten", minutes) % {"n": minutes}
    hours = minutes // 60
    if hours < 72:
        return ngettext("%(n)d Stunde", "%(n)d Stunden", hours) % {"n": hours}
    days = hours // 24
    return ngettext("%(n)d Tag", "%(n)d Tage", days) % {"n": days}


@register.filter
def ago(value: datetime | int | None) -> str:
    """``gerade eben``, ``vor 4 Minuten``, ``vor 3 Tagen``; after a month the date."""
    moment = as_moment(value)
    if moment is None:
        return gettext("noch nie")
    seconds = (timezone.now() - moment).total_seconds()
    if seconds < -60:
        return when(value)
    if seconds < 60:
        return gettext("gerade eben")
    if seconds < 6000:
        count = int(seconds // 60)
        return ngettext("vor %(n)d Minute", "vor %(n)d Minuten", count) % {"n": count}
    if seconds < 48 * 3600:
        count = int(seconds // 3600)
        return ngettext("vor %(n)d Stunde", "vor %(n)d Stunden", count) % {"n": count}
    if seconds < 31 * 86400:
        count = int(seconds // 86400)
        return ngettext("vor %(n)d Tag", "vor %(n)d Tagen", count) % {"n": count}
    return day(value)


@register.simple_tag
def moment(value: datetime | int | None) -> SafeString | str:
    """``<time>`` that reads ``vor 4 Minuten``; live.js keeps it true while the page is open."""
    local = as_moment(value)
    if local is None:
        return gettext("noch nie")
    return format_html(
        '<time datetime="{}" title="{}" data-ago>{}</time>',
        local.astimezone(UTC).isoformat(timespec="seconds"),
        when(value),
        ago(value),
    )


@register.simple_tag
def icon(name: str, size: int = 16) -> SafeString:
    """``{% icon "warn" %}``; a word stands beside it."""
    return icon_svg(name, size)


@register.simple_tag
def logo() -> SafeString:
    """Return the land parcel."""
    return logo_svg()


@register.simple_tag(takes_context=True)
def panels(context: dict[str, Any], place: str, obj: Any = None) -> SafeString:
    """Draw what other rooms contribute to ``place``; the table stands in the wiring."""
    request = context.get("request")
    drawn = []
    for path in getattr(wiring(), "PANELS", {}).get(place, ()):
        contribution = import_string(path)(request, obj)
        if contribution is not None:
            name, values = contribution
            drawn.append(render_to_string(name, values, request=request))
    return mark_safe("".join(drawn))  # noqa: S308 (each part is an escaped template)


@register.simple_tag(takes_context=True)
def query(context: dict[str, Any], **changes: Any) -> str:
    """``{% query feld="wasser" seite=None %}`` → this address with parameters changed."""
    return with_query(context["request"], **changes)


@register.inclusion_tag("base/parts/map.html", takes_context=True)
def map_view(context: dict[str, Any], **given: Any) -> dict[str, Any]:
    """Draw the map component; what it takes stands on top of ``base/parts/map.html``."""
    svg = mark_safe(str(given.get("svg", "")))  # noqa: S308 (drawn by figures)
    return {**given, "svg": svg, "share_url": getattr(context.get("shell"), "share_url", "")}
