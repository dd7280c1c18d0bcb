"""What the room shows on pages of others."""

from typing import Any

from django.http import HttpRequest

from mehrwert.base.clock import now_us
from mehrwert.municipalities import queries as municipalities
from mehrwert.observations import listing, queries
from mehrwert.observations.access import tenant_of
from mehrwert.observations.choices import Freshness
from mehrwert.observations.presenting import (
    address,
    drawn_map,
    live_url,
    shown_rows,
    shown_value,
    small_picture,
)

NEWEST = 6
SILENT = 5
MAP_SIZES = ((560.0, 330.0), (380.0, 300.0))


def home(request: HttpRequest, obj: object) -> tuple[str, dict[str, Any]]:
    """Show on the start page of a municipality how its readings are: counts, newest, silent."""
    things = queries.list_glances(tenant_of(request).pk)
    list_url = address(request, "thing_list")
    if not things:
        return "observations/panel_empty.html", {"list_url": list_url}
    counts = listing.count_states(things)
    silent = [t for t in listing.select(things, listing.Filter()) if t.state is Freshness.SILENT]
    series = [s for t in things for s in t.series]
    return "observations/panel_home.html", {
        "list_url": list_url,
        "n_things": len(things),
        "n_series": len(series),
        "n_readings": sum(s.n for s in series),
        "counts": counts,
        "n_fresh_series": sum(s.state is Freshness.FRESH for s in series),
        "newest": _newest(request, things),
        "silent": shown_rows(request, silent[:SILENT]),
        "n_silent": len(silent),
        "all_ended": counts[Freshness.CLOSED.value] == len(things),
        "data_credits": sorted({s.credit for s in series if s.credit}),
        "svg": drawn_map(request, things, title=tenant_of(request).name, sizes=MAP_SIZES),
        "credit": municipalities.credit(tenant_of(request)),
        "live_url": live_url(request),
    }


def _newest(request: HttpRequest, things: list[queries.ThingGlance]) -> list[dict[str, Any]]:
    """Return the series that spoke last, one per thing."""
    spoken = [t for t in things if t.last_time_us is not None]
    spoken.sort(key=lambda t: -(t.last_time_us or 0))
    chosen = [(t, s) for t in spoken[:NEWEST] if (s := listing.main_series(t)) is not None]
    days = queries.read_last_days(tenant_of(request).pk, [s.id for _, s in chosen])
    at = now_us()
    return [
        {
            "name": thing.name,
            "value": shown_value(request, series, at),
            "spark": small_picture(series, days.get(series.id, []), size=(110, 30)),
        }
        for thing, series in chosen
    ]
