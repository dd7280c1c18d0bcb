"""The workloads that read: R1 to R11, each as addresses that differ from request to request."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import data

Path = Callable[["World", random.Random], str]


@dataclass(frozen=True)
class World:
    """What there is to read: size and the ids of this server."""

    size: data.Size
    streams: list[data.Id]
    things: list[data.Id]

    def any_stream(self, luck: random.Random) -> str:
        """Return the key of some ordinary series."""
        return data.key(self.streams[luck.randrange(data.BIG, len(self.streams))])

    def big_stream(self, luck: random.Random) -> str:
        """Return the key of one of the large series."""
        return data.key(self.streams[luck.randrange(data.BIG)])


@dataclass(frozen=True)
class Read:
    """One workload.

    Args:
        share: Its part of the mix.
        path: Makes an address; the same luck gives the same question to every server.
        pages: So many pages are followed by ``@iot.nextLink``, as one request.
        standard: A server without our extensions can answer it.
    """

    name: str
    title: str
    share: int
    path: Path
    pages: int = 1
    standard: bool = True


def _series(options: str) -> Path:
    return lambda w, luck: f"Datastreams({w.any_stream(luck)})/Observations{options}"


def _day(w: World, luck: random.Random) -> str:
    number = luck.randrange(data.BIG, len(w.streams))
    days = max(1, w.size.unit * data.SMALL_STEP_S // 86_400)
    first = data.START + timedelta(days=luck.randrange(days))
    span = f"phenomenonTime ge {data.iso(first)} and phenomenonTime lt "
    span += data.iso(first + timedelta(days=1))
    stream = data.key(w.streams[number])
    return f"Datastreams({stream})/Observations?$filter={span}&$orderby=phenomenonTime asc"


def _count(w: World, luck: random.Random) -> str:
    if luck.random() < 0.5:
        return "Observations?$count=true&$top=1"
    span = _span(f"{data.START.year}-02", f"{data.START.year}-03")
    number = w.big_stream(luck)
    return f"Datastreams({number})/Observations?$count=true&$top=1&$filter={span}"


def _polygon(w: World, luck: random.Random) -> str:
    west, south = 7.495 + luck.randrange(16) * 0.01, 51.895 + luck.randrange(6) * 0.01
    east, north = west + 0.05, south + 0.05
    ring = ",".join(
        f"{lon:.3f} {lat:.3f}"
        for lon, lat in (
            (west, south),
            (east, south),
            (east, north),
            (west, north),
            (west, south),
        )
    )
    within = f"st_within(Locations/location,geography'POLYGON(({ring}))')"
    return f"Things?$filter={within}&$orderby=name&$select=name"


def _by_thing(w: World, luck: random.Random) -> str:
    thing = data.key(w.things[luck.randrange(data.BIG, len(w.things))])
    wanted = f"Datastream/Thing/@iot.id eq {thing} and result gt {luck.randrange(20, 34)}"
    return f"Observations?$filter={wanted}&$top=100&$select=result,phenomenonTime"


def _span(first: str, end: str) -> str:
    """Return the condition for readings from one month to another."""
    return f"phenomenonTime ge {first}-01T00:00:00Z and phenomenonTime lt {end}-01T00:00:00Z"


def _hours(w: World, luck: random.Random) -> str:
    number = w.big_stream(luck)
    plan = "groupby((bucket(phenomenonTime,'hour','Europe/Berlin')),"
    plan += "aggregate(result with mean as m))"
    year = data.START.year
    span = (
        f"phenomenonTime ge {year}-01-01T00:00:00Z and phenomenonTime lt {year + 1}-01-01T00:00:00Z"
    )
    return f"Datastreams({number})/Observations?$apply={plan}&$filter={span}"


def _walk(w: World, luck: random.Random) -> str:
    number = w.big_stream(luck)
    return f"Datastreams({number})/Observations?$top=1000&$orderby=phenomenonTime asc"


_LATEST = (
    "Things?$top=100&$orderby=name&$expand=Locations,"
    "Datastreams($expand=Observations($top=1;$orderby=phenomenonTime desc))"
)
READS = (
    Read("R1", "one thing", 10, lambda w, luck: f"Things({data.key(luck.choice(w.things))})"),
    Read("R2", "latest of a series", 20, _series("?$orderby=phenomenonTime desc&$top=1")),
    Read("R3", "page of 100", 10, _series("?$orderby=phenomenonTime asc&$top=100")),
    Read("R4", "one day", 20, _day),
    Read(
        "R5",
        "1,000 rows, DataArray",
        10,
        _series("?$orderby=phenomenonTime asc&$top=1000&$resultFormat=dataArray"),
    ),
    Read("R6", "latest of 100 things", 10, lambda w, luck: _LATEST),
    Read("R7", "count, also of a month", 5, _count),
    Read("R8", "things in a polygon", 5, _polygon),
    Read("R9", "by thing and result", 5, _by_thing),
    Read("R10", "hourly means of a year", 3, _hours, standard=False),
    Read("R11", "follow 10,000 rows", 2, _walk, pages=10),
)
BY_NAME = {read.name: read for read in READS}


def mixed(luck: random.Random) -> Read:
    """Return some workload, each as often as its share says."""
    return luck.choices(READS, [read.share for read in READS])[0]
