"""What lists, pages and panels of the room show alike: rows, small pictures, points of a map."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from mehrwert.base.clock import from_us, now_us
from mehrwert.figures import MapPoint, map_svg_pair, sparkline
from mehrwert.figures.map_svg import NAMED
from mehrwert.municipalities import queries as municipalities
from mehrwert.observations.access import tenant_of
from mehrwert.observations.choices import Aggregation, Freshness
from mehrwert.observations.listing import Filter, main_series, waiting_since
from mehrwert.observations.queries import SeriesGlance, ThingGlance, read_last_days
from mehrwert.observations.wording import state_sentence, value_text

MOST_VALUES = 4
MAP_CACHE_S = 300
CSS = {
    Freshness.SILENT: "mw-silent",
    Freshness.LATE: "mw-late",
    Freshness.FRESH: "mw-fresh",
    Freshness.CLOSED: "obs-closed",
    Freshness.EMPTY: "obs-none",
}
# the map knows three shapes
MAP_STATE = {
    Freshness.SILENT: "silent",
    Freshness.LATE: "late",
    Freshness.FRESH: "fresh",
    Freshness.CLOSED: "closed",
    Freshness.EMPTY: "closed",
}


@dataclass(frozen=True, slots=True)
class ValueShown:
    """The latest value of a series in a row."""

    id: int
    url: str
    label: str
    text: str
    css: str
    at: str
    last_us: int | None
    state_text: str


@dataclass(frozen=True, slots=True)
class RowShown:
    """One thing in a list."""

    thing: ThingGlance
    url: str
    values: tuple[ValueShown, ...]
    n_more: int
    css: str
    state_text: str
    spark: SafeString


def address(request: HttpRequest, name: str, **kwargs: int) -> str:
    """Return the address of a page of this room in this municipality."""
    return _address(get_language(), tenant_of(request).slug, name, tuple(kwargs.items()))


@lru_cache(maxsize=4096)
def _address(_language: str | None, slug: str, name: str, ids: tuple[tuple[str, int], ...]) -> str:
    """Work out an address once: a list of 50 rows names 200 of them, the same for everybody."""
    return reverse(f"observations:{name}", kwargs={"mandant": slug, **dict(ids)})


def shown_rows(
    request: HttpRequest, things: Sequence[ThingGlance], asked: Filter | None = None
) -> list[RowShown]:
    """Return things as rows with the small picture of their main series' last day."""
    mains = [main_series(thing, asked) for thing in things]
    days = read_last_days(tenant_of(request).pk, [s.id for s in mains if s is not None])
    return [_row(request, thing, main, days) for thing, main in zip(things, mains, strict=True)]


def _row(
    request: HttpRequest,
    thing: ThingGlance,
    main: SeriesGlance | None,
    days: dict[int, list[tuple[int, int, float, float]]],
) -> RowShown:
    at = now_us()
    ordered = sorted(thing.series, key=lambda s: s is not main)
    last = waiting_since(thing) if thing.state in (Freshness.SILENT, Freshness.LATE) else None
    return RowShown(
        thing,
        address(request, "thing", thing_id=thing.id),
        tuple(shown_value(request, s, at) for s in ordered[:MOST_VALUES]),
        max(0, len(ordered) - MOST_VALUES),
        CSS[thing.state],
        state_sentence(thing.state, last, at),
        small_picture(main, days.get(main.id, [])) if main else mark_safe(""),
    )


def shown_value(request: HttpRequest, series: SeriesGlance, at_us: int) -> ValueShown:
    """Return the latest value of a series with its state."""
    return ValueShown(
        series.id,
        address(request, "datastream", datastream_id=series.id),
        series.property_name,
        value_text(series.value, series.unit) if series.n else "–",
        CSS[series.state],
        iso(series.last_time_us),
        series.last_time_us,
        state_sentence(series.state, series.last_time_us, at_us),
    )


def iso(at_us: int | None) -> str:
    """Return a time as programs read it, the same text that live messages carry."""
    return "" if at_us is None else from_us(at_us).isoformat(timespec="milliseconds")


def small_picture(
    series: SeriesGlance,
    hours: Sequence[tuple[int, int, float, float]],
    size: tuple[float, float] = (132, 34),
) -> SafeString:
    """Draw the last day of a series: 24 hours up to its latest value, gaps stay gaps."""
    if not hours:
        return mark_safe("")
    last = hours[-1][0]
    values: list[float | None] = [None] * 24
    for hour, n, total, latest in hours:
        value = {Aggregation.SUM: total, Aggregation.LAST: latest}.get(
            Aggregation(series.aggregation), total / n
        )
        values[hour - last - 1] = value
    return _sparkline(tuple(values), size)


@lru_cache(maxsize=1024)
def _sparkline(values: tuple[float | None, ...], size: tuple[float, float]) -> SafeString:
    """Draw a day once as long as nothing new has come."""
    return mark_safe(sparkline(values, size=size))  # noqa: S308 (drawn by figures)


def map_points(
    request: HttpRequest, things: Iterable[ThingGlance], asked: Filter | None = None
) -> list[dict[str, Any]]:
    """Return things that have a place as GeoJSON features for the map component."""
    features = []
    some_url = address(request, "thing", thing_id=0)
    for thing in things:
        if thing.lon is None or thing.lat is None:
            continue
        main = main_series(thing, asked)
        properties: dict[str, Any] = {
            "id": thing.id,
            "name": thing.name,
            "value": value_text(main.value, main.unit) if main and main.n else "",
            "state": MAP_STATE[thing.state],
            "url": some_url.replace("/0/", f"/{thing.id}/"),
        }
        if main and main.last_time_us is not None:
            properties |= {"at": iso(main.last_time_us), "datastream_id": main.id}
        if thing.is_approximate:
            properties["note"] = gettext("Ort nur ungefähr bekannt")
        geometry = {"type": "Point", "coordinates": [thing.lon, thing.lat]}
        features.append({"type": "Feature", "geometry": geometry, "properties": properties})
    return features


def boundaries(tenant: Any) -> dict[str, Any]:
    """Return the outlines of a municipality; worked out once in a while, they hardly change."""
    found: Any = cache.get_or_set(
        f"map:{tenant.pk}:{tenant.name}", lambda: municipalities.read_map(tenant), MAP_CACHE_S
    )
    return dict(found)


def drawn_map(
    request: HttpRequest,
    things: Iterable[ThingGlance],
    *,
    title: str,
    asked: Filter | None = None,
    sizes: tuple[tuple[float, float], ...] = ((900, 560), (380, 420)),
) -> str:
    """Draw the map on the server: for paper, without JavaScript, without WebGL."""
    points = []
    placed = list(things)
    is_named = len(placed) <= NAMED
    for thing in placed:
        if thing.lon is None or thing.lat is None:
            continue
        main = main_series(thing, asked) if is_named else None
        value = value_text(main.value, main.unit) if main and main.n else ""
        state = MAP_STATE[thing.state]
        points.append(
            MapPoint(thing.lon, thing.lat, thing.name, value, state, thing.is_approximate)
        )
    return map_svg_pair(
        boundaries(tenant_of(request)),
        points,
        title=title,
        description=title,
        sizes=sizes,
        key="messstellen",
    )


def map_context(
    request: HttpRequest, things: Sequence[ThingGlance], query: str, asked: Filter
) -> dict[str, str]:
    """Return what the map component takes."""
    tenant = tenant_of(request)
    suffix = f"?{query}" if query else ""
    return {
        "name": tenant.name,
        "points_url": address(request, "points") + suffix,
        "boundary_url": boundary_url(request),
        "svg": drawn_map(request, things, title=tenant.name, asked=asked),
        "credit": municipalities.credit(tenant),
    }


def boundary_url(request: HttpRequest) -> str:
    """Return where the map component fetches the outlines."""
    return reverse("municipalities:boundary", kwargs={"mandant": tenant_of(request).slug})


def common(request: Any) -> dict[str, Any]:
    """Return what several pages need: what this reader may do, and where that is done."""
    can_import, can_keys = request.can("import_data"), request.can("manage_keys")
    return {
        "can_edit": request.can("edit_data"),
        "import_url": _page_of_other_room(request, "table_files:start") if can_import else "",
        "keys_url": _page_of_other_room(request, "municipalities:keys") if can_keys else "",
        "live_url": live_url(request),
    }


def _page_of_other_room(request: HttpRequest, name: str) -> str:
    """Return an address of a room that may not be installed; empty then."""
    try:
        return reverse(name, kwargs={"mandant": tenant_of(request).slug})
    except NoReverseMatch:
        return ""


def sta_url(request: HttpRequest) -> str:
    """Return where programs send readings to."""
    public = settings.MEHRWERT.public_url.rstrip("/")
    path = f"/sta/{tenant_of(request).slug}/v1.1/Observations"
    return f"{public}{path}" if public else request.build_absolute_uri(path)


def live_url(request: HttpRequest) -> str:
    """Return where an open page hears of new values."""
    return f"/live/{tenant_of(request).slug}?topics=observations"
