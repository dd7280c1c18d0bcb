"""The data of the workloads: the same bytes for every server and every run.

200 things with a place each, 10 sensors, 5 observed properties, 1,000 series; three of them have
100 times the rows of the others. 5 % of the rows come late, 1 % twice, 0.5 % have no result.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

THINGS, SENSORS, PROPERTIES, STREAMS = 200, 10, 5, 1_000
BIG, TIMES = 3, 100
SIZES = {"XS": 60_000, "S": 2_000_000, "M": 10_000_000}
START = datetime(2004, 1, 1, tzinfo=UTC)
SMALL_STEP_S = 900
LATE, TWICE, EMPTY = 0.05, 0.01, 0.005
KIND = "http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement"
Row = tuple[datetime, float | None]
Id = int | str  # of an entity; which of the two is the server's choice


def key(entity: Id) -> str:
    """Return an id as paths and filters write it: text stands in quotes."""
    return str(entity) if isinstance(entity, int) else "'" + entity.replace("'", "''") + "'"


@dataclass(frozen=True, slots=True)
class Size:
    """How many rows which series has."""

    name: str
    rows: int

    @property
    def unit(self) -> int:
        """Return the rows of an ordinary series."""
        return self.rows // (STREAMS - BIG + BIG * TIMES)

    def rows_of(self, number: int) -> int:
        """Return the rows of a series."""
        return self.unit * TIMES if number < BIG else self.unit

    def step_s(self, number: int) -> int:
        """Return the seconds between rows; the large series reach over more than a year."""
        if number >= BIG:
            return SMALL_STEP_S
        whole = 400 * 86_400 // self.rows_of(number)
        return max(60, whole - whole % 60)


def name_of(number: int) -> str:
    """Return the name of a series."""
    return f"bench {number}"


def time_of(size: Size, number: int, row: int) -> datetime:
    """Return when a row of a series was measured."""
    return START + timedelta(seconds=row * size.step_s(number))


def value_of(number: int, row: int) -> float | None:
    """Return the result of a row; some are empty."""
    mixed = (number * 2_654_435_761 + row * 40_503) & 0xFFFFFFFF
    if mixed % 1_000 < EMPTY * 1_000:
        return None
    return round((mixed >> 8) % 4_000 / 100 - 5, 2)


def rows_in_order_of_arrival(size: Size, number: int, *, twice: bool = True) -> Iterator[Row]:
    """Yield all rows of a series as they arrive: late ones after their neighbours, some twice.

    Without ``twice`` none comes twice and empty ones are left out: not every server recognises a
    repeated reading, or takes one without a result.
    """
    luck = random.Random(number)
    late: list[Row] = []
    for i in range(size.rows_of(number)):
        row = (time_of(size, number, i), value_of(number, i))
        if row[1] is None and not twice:
            continue
        if luck.random() < LATE:
            late.append(row)
        else:
            yield row
        if luck.random() < TWICE and twice:
            yield row
        if len(late) >= 50:
            yield from late
            late = []
    yield from late


def iso(at: datetime) -> str:
    """Return a time as the standard writes it."""
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def thing(number: int) -> dict:
    """Return a thing with its place on a grid of about 20 by 10 kilometres."""
    lon, lat = 7.5 + number % 20 * 0.01, 51.9 + number // 20 * 0.01
    place = {
        "name": f"place {number}",
        "description": "",
        "encodingType": "application/geo+json",
        "location": {"type": "Point", "coordinates": [round(lon, 4), round(lat, 4)]},
    }
    return {
        "name": f"thing {number:03}",
        "description": "bench",
        "properties": {"number": number},
        "Locations": [place],
    }


def sensor(number: int) -> dict:
    """Return a sensor."""
    return {
        "name": f"sensor {number}",
        "description": "",
        "encodingType": "text/html",
        "metadata": "m",
    }


def observed_property(number: int) -> dict:
    """Return an observed property."""
    return {"name": f"property {number}", "description": "", "definition": f"urn:p{number}"}


def stream(number: int, ids: dict[str, list[Id]]) -> dict:
    """Return a series of known things, sensors and properties."""
    return {
        "name": name_of(number),
        "description": "",
        "unitOfMeasurement": {"name": "Meter", "symbol": "m", "definition": "urn:m"},
        "observationType": KIND,
        "Thing": {"@iot.id": ids["Things"][number % THINGS]},
        "Sensor": {"@iot.id": ids["Sensors"][number % SENSORS]},
        "ObservedProperty": {"@iot.id": ids["ObservedProperties"][number % PROPERTIES]},
    }
