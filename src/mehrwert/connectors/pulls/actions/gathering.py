"""One run of a pull as a stream: parts of rows with what they are about, oldest first."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from mehrwert.base.pointers import MISSING, point
from mehrwert.connectors.pulls.errors import UnreadableError
from mehrwert.connectors.pulls.fetching import Login, get, get_json, read_ftp, read_sftp
from mehrwert.connectors.pulls.models import Pull
from mehrwert.connectors.pulls.rules.planning import Stretch, fill, stretches, urls_for
from mehrwert.connectors.pulls.rules.recipe import Recipe, Station, Value
from mehrwert.connectors.pulls.rules.rows import Read, csv_rows, json_rows, observation_rows
from mehrwert.connectors.pulls.rules.table import shape_of, values_of

MOST_PAGES = 200
# what somebody writes to take all series of a server
EVERYTHING = "alle"
WITH_THINGS = (
    "$top=100&$orderby=id&$expand=Thing($select=id,name;$expand=Locations($select=location))"
)


@dataclass(frozen=True, slots=True)
class Part:
    """Rows that belong together; ``until_us`` is how far the source was read, None: unknown."""

    values: list[Value]
    rows: list[Read]
    until_us: int | None = None
    seen: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Gatherer:
    """Fetches what is new of one pull."""

    pull: Pull
    recipe: Recipe
    login: Login
    now_us: int

    def parts(self) -> Iterator[Part]:
        """Yield what is new.

        Raises:
            MehrwertError: The server did not deliver; what was yielded before is good.
        """
        if self.recipe.kind == "sensorthings":
            yield from self._sensorthings()
        elif self.recipe.kind == "table":
            yield from self._table()
        else:
            yield from self._recipe()

    def place(self) -> tuple[float, float] | None:
        """Return longitude and latitude as somebody entered them or the server says them."""
        pull, where = self.pull, self.recipe.place
        if pull.lon is not None and pull.lat is not None:
            return pull.lon, pull.lat
        if where is None:
            return None
        document = get_json(fill(where.url, pull.answers, Stretch(0, 0)), self.login)
        lon, lat = point(document, where.lon), point(document, where.lat)
        is_place = isinstance(lon, int | float) and isinstance(lat, int | float)
        return (float(lon), float(lat)) if is_place else None

    def _recipe(self) -> Iterator[Part]:
        recipe, answers = self.recipe, self.pull.answers
        values = recipe.named_values(answers)
        for stretch in stretches(recipe, self.pull.cursor_us, self.now_us):
            for url in urls_for(recipe, answers, stretch, self.now_us):
                body = get(url, self.login)
                if recipe.kind == "csv":
                    rows = csv_rows(body, recipe.rows, values)
                else:
                    rows = json_rows(body, recipe.rows, values, answers)
                yield Part(values, [row for row in rows if row.at_us >= stretch.from_us])

    def _table(self) -> Iterator[Part]:
        answers = self.pull.answers
        values, shape = values_of(answers["columns"]), shape_of(answers)
        address = answers["address"]
        scheme = urlsplit(address).scheme
        if scheme == "sftp":
            folder = read_sftp(address, self.login, self.pull.host_key, self.pull.seen)
            self.pull.host_key = folder.host_key
        elif scheme == "ftp":
            folder = read_ftp(address, self.login, self.pull.seen)
        else:
            yield Part(values, csv_rows(get(address, self.login), shape, values))
            return
        for name, stamp, body in folder.files:
            yield Part(values, csv_rows(body, shape, values), seen={name: stamp})

    def _sensorthings(self) -> Iterator[Part]:
        root = self.pull.answers["address"].rstrip("/")
        asked = self.pull.answers["series"].strip()
        if asked.casefold() == EVERYTHING:
            found = self._all_series(root)
        else:
            numbers = filter(None, map(str.strip, asked.split(",")))
            found = ((n, get_json(_stream(root, n), self.login)) for n in numbers)
        for number, about in found:
            yield from self._pages(root, _stream(root, number), _value_of(about, number))

    def _all_series(self, root: str) -> Iterator[tuple[str, Any]]:
        """Yield id and description of every series of a server, with its thing."""
        url = f"{root}/Datastreams?{WITH_THINGS}"
        for _ in range(MOST_PAGES):
            page = get_json(url, self.login)
            rows = page.get("value") if isinstance(page, dict) else None
            if not isinstance(rows, list):
                raise UnreadableError(what="Datastreams")
            for row in rows:
                number = point(row, "/@iot.id")
                if isinstance(number, int | str):
                    yield _literal(number), row
            more = page.get("@iot.nextLink")
            url = urljoin(url, more) if isinstance(more, str) else ""
            if not url or urlsplit(url).netloc != urlsplit(root).netloc:
                return

    def _pages(self, root: str, stream: str, value: Value) -> Iterator[Part]:
        """Read the pages of one series; a page elsewhere than at this server is not followed."""
        done = self.pull.seen.get(value.field)
        (stretch, *_) = stretches(self.recipe, int(done) if done else None, self.now_us)
        moment = quote(fill("{from_iso}", {}, stretch).replace("%3A", ":"), safe=":")
        url = (
            f"{stream}/Observations?$select=phenomenonTime,result&$top=1000"
            f"&$orderby=phenomenonTime%20asc&$filter=phenomenonTime%20ge%20{moment}"
        )
        for _ in range(MOST_PAGES):
            rows, more = observation_rows(get_json(url, self.login))
            read = [
                Read(row.at_us, row.end_us, {value.field: row.values["result"]}) for row in rows
            ]
            newest = max((row.at_us for row in rows), default=None)
            yield Part([value], read, seen={value.field: str(newest)} if newest else {})
            url = urljoin(url, more) if more else ""
            if not url or urlsplit(url).netloc != urlsplit(root).netloc:
                return


def _stream(root: str, number: str) -> str:
    return f"{root}/Datastreams({quote(number, safe=chr(39))})"


def _literal(number: int | str) -> str:
    """Return an id as it stands in an address: texts in quotes, a quote in them twice."""
    return str(number) if isinstance(number, int) else "'" + number.replace("'", "''") + "'"


def _station_of(about: Any) -> Station | None:
    """Return the thing that came with a series."""
    number, name = point(about, "/Thing/@iot.id"), point(about, "/Thing/name")
    if not isinstance(number, int | str) or not isinstance(name, str):
        return None
    lon, lat = (point(about, f"/Thing/Locations/0/location/coordinates/{i}") for i in (0, 1))
    if isinstance(lon, int | float) and isinstance(lat, int | float):
        return Station(str(number)[:60], name[:200], float(lon), float(lat))
    return Station(str(number)[:60], name[:200])


def _value_of(about: Any, number: str) -> Value:
    name = point(about, "/name")
    if name is MISSING or not isinstance(name, str):
        raise UnreadableError(what=f"Datastreams({number})")
    unit, symbol = (
        point(about, "/unitOfMeasurement/name"),
        point(about, "/unitOfMeasurement/symbol"),
    )
    texts = [one if isinstance(one, str) else "" for one in (unit, symbol)]
    field = f"ds_{number.strip(chr(39))}"[:60]
    return Value(field, "", name[:200], texts[0], texts[1], station=_station_of(about))
