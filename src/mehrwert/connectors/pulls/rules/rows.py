"""From an answer to rows of readings: JSON, CSV (also zipped), SensorThings. Plain functions."""

import csv
import io
import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from mehrwert.base.pointers import MISSING, number_of, point, time_of
from mehrwert.connectors.pulls.errors import UnreadableError

from .recipe import RowShape, Value

SECOND_US = 1_000_000
MOST_UNZIPPED = 256 * 1_048_576
GERMAN = ("%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M", "%d.%m.%y %H:%M", "%Y%m%d%H%M")
ENCODINGS = ("utf-8-sig", "cp1252")


@dataclass(frozen=True, slots=True)
class Read:
    """One row: when, until when (None: an instant), values by field."""

    at_us: int
    end_us: int | None
    values: Mapping[str, float | str]


def json_rows(
    body: bytes, shape: RowShape, values: Sequence[Value], answers: Mapping[str, str]
) -> list[Read]:
    """Return the rows of a JSON answer: a list, or an object whose keys are times.

    Raises:
        UnreadableError: Not JSON, or rows have no readable time.
    """
    document = parse_json(body)
    where = shape.at.format(**answers)
    found = point(document, where)
    if shape.time_at == "key":
        if found is MISSING or found == []:
            return []  # nothing there for these hours
        if not isinstance(found, Mapping):
            raise UnreadableError(what=where)
        pairs: Iterator[tuple[Any, Any]] = iter(found.items())
    else:
        if not isinstance(found, list):
            raise UnreadableError(what=where or "JSON")
        pairs = ((point(row, shape.time_at), row) for row in found)
    return list(_rows(pairs, shape, values))


def parse_json(body: bytes) -> Any:
    """Return JSON as values.

    Raises:
        UnreadableError: It is none.
    """
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        raise UnreadableError(what="JSON") from error


def _rows(
    pairs: Iterator[tuple[Any, Any]], shape: RowShape, values: Sequence[Value]
) -> Iterator[Read]:
    clock = Clock(shape)
    for at, row in pairs:
        at_us = None if at is MISSING else clock.read(str(at))
        if at_us is None:
            raise UnreadableError(what=str(at)[:60] if at is not MISSING else shape.time_at)
        cells = {value.field: _number(point(row, value.at), shape) for value in values}
        yield _read(at_us, cells, shape)


def _read(at_us: int, cells: Mapping[str, float | None], shape: RowShape) -> Read:
    end_us = at_us + shape.duration_s * SECOND_US if shape.duration_s else None
    return Read(at_us, end_us, {k: v for k, v in cells.items() if v is not None})


def _number(given: Any, shape: RowShape) -> float | None:
    if given is MISSING or given is None or isinstance(given, bool):
        return None
    if isinstance(given, int | float):
        return None if str(given) in shape.missing else float(given)
    text = str(given).strip()
    return None if text in shape.missing else number_of(text)


def csv_rows(body: bytes, shape: RowShape, values: Sequence[Value]) -> list[Read]:
    """Return the rows of a CSV file, or of the wanted file in a ZIP archive.

    Raises:
        UnreadableError: A column is missing, or a time is not readable.
    """
    text = decode(unzip(body, shape.member) if shape.member else body)
    delimiter = shape.delimiter or _delimiter(text)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    head = [name.strip() for name in next(lines, [])]
    for name in (shape.time_at, *(value.at for value in values)):
        if name not in head:
            raise UnreadableError(what=name)
    time_n = head.index(shape.time_at)
    places = {value.field: head.index(value.at) for value in values}
    clock, found = Clock(shape), []
    for cells in lines:
        if len(cells) <= max(time_n, *places.values()):
            continue  # an empty last line, or one that is still being written
        at_us = clock.read(cells[time_n].strip())
        if at_us is None:
            raise UnreadableError(what=cells[time_n].strip()[:60])
        row = {name: _number(cells[n], shape) for name, n in places.items()}
        found.append(_read(at_us, row, shape))
    return found


def decode(body: bytes) -> str:
    """Return the text of a file in UTF-8, or else Windows-1252."""
    try:
        return body.decode(ENCODINGS[0])
    except UnicodeDecodeError:
        return body.decode(ENCODINGS[1], "replace")


def _delimiter(text: str) -> str:
    head = text.partition("\n")[0]
    return max(";\t,", key=head.count)


def unzip(body: bytes, member: str) -> bytes:
    """Return the file of an archive whose name begins like this.

    Raises:
        UnreadableError: No archive, no such file, or one that would be too large.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            for info in archive.infolist():
                if info.filename.rpartition("/")[2].startswith(member):
                    with archive.open(info) as file:
                        found = file.read(MOST_UNZIPPED + 1)
                    if len(found) > MOST_UNZIPPED:
                        break
                    return found
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise UnreadableError(what="ZIP") from error
    raise UnreadableError(what=member)


class Clock:
    """Reads times of one column in their order, so that the repeated hour is told apart."""

    def __init__(self, shape: RowShape) -> None:
        self._formats = (shape.time_format,) if shape.time_format else GERMAN
        self._only = bool(shape.time_format)
        self._zone = zone_of(shape.zone)
        self._zone_name = shape.zone
        self._last_us = 0

    def read(self, text: str) -> int | None:
        """Return a time as µs UTC, None when it is not readable."""
        local = self._local(text)
        if local is None:
            return None if self._only else time_of(text, self._zone_name)
        at_us = _us(local.replace(tzinfo=self._zone))
        later_us = _us(local.replace(tzinfo=self._zone, fold=1))
        if later_us != at_us and self._last_us >= at_us:
            at_us = later_us
        self._last_us = at_us
        return at_us

    def _local(self, text: str) -> datetime | None:
        if not self._only:
            try:
                moment = datetime.fromisoformat(text)
            except ValueError:
                pass
            else:
                return moment if moment.tzinfo is None else None
        for pattern in self._formats:
            try:
                return datetime.strptime(text, pattern)  # noqa: DTZ007 - its zone is put on later
            except ValueError:
                continue
        return None


def zone_of(name: str) -> tzinfo:
    """Return a zone by its name, or a fixed offset such as ``+01:00``."""
    if name[:1] in {"+", "-"}:
        hours, minutes = name[1:].split(":")
        offset = timedelta(hours=int(hours), minutes=int(minutes))
        return timezone(-offset if name[0] == "-" else offset)
    return UTC if name == "UTC" else ZoneInfo(name)


def _us(moment: datetime) -> int:
    plain = moment.astimezone(UTC)
    return int(plain.timestamp()) * SECOND_US + plain.microsecond


def observation_rows(document: Any) -> tuple[list[Read], str]:
    """Return (rows, address of the next page or empty) of an answer with Observations.

    Raises:
        UnreadableError: It is no such answer.
    """
    if not isinstance(document, Mapping) or not isinstance(document.get("value"), list):
        raise UnreadableError(what="value")
    rows = []
    for one in document["value"]:
        start, _, end = str(point(one, "/phenomenonTime")).partition("/")
        at_us = time_of(start, "UTC")
        if at_us is None:
            raise UnreadableError(what="phenomenonTime")
        result = point(one, "/result")
        if isinstance(result, int | float | str) and not isinstance(result, bool):
            value = result if isinstance(result, str) else float(result)
            rows.append(Read(at_us, time_of(end, "UTC") if end else None, {"result": value}))
    return rows, str(document.get("@iot.nextLink") or "")
