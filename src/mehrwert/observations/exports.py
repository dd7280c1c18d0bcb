"""Tables as CSV, in two dialects: for programs, and for the spreadsheet of a German office.

Programs get commas, decimal points and times with their distance to UTC. Spreadsheets get
semicolons, decimal commas, local times, and a byte order mark so that umlauts survive.
"""

import csv
import io
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import msgspec
from asgiref.sync import sync_to_async
from django.http import HttpResponse, StreamingHttpResponse
from django.utils.text import slugify

from mehrwert.base.clock import from_us
from mehrwert.observations.periods import BERLIN
from mehrwert.observations.queries import DatastreamRow
from mehrwert.observations.rules import HOUR_US

EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 (local time is reckoned from it)
_RISKY = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a table is written."""

    delimiter: str
    decimal_comma: bool
    local_times: bool
    start: str


PROGRAMS = Dialect(",", decimal_comma=False, local_times=False, start="")
OFFICE = Dialect(";", decimal_comma=True, local_times=True, start="\ufeff")


def dialect_of(name: str) -> Dialect:
    """Return the dialect asked for: ``excel`` is the one for offices."""
    return OFFICE if name == "excel" else PROGRAMS


class LocalTimes:
    """Writes stored times as local ones; the distance to UTC is looked up once per hour."""

    def __init__(self, dialect: Dialect) -> None:
        self._for_offices = dialect.local_times
        self._known: dict[int, tuple[timedelta, str]] = {}

    def text(self, at_us: int | None) -> str:
        """Return the time as text, empty for None."""
        if at_us is None:
            return ""
        ahead, distance = self._ahead(at_us)
        local = EPOCH + timedelta(microseconds=at_us) + ahead
        if self._for_offices:
            return local.strftime("%d.%m.%Y %H:%M:%S")
        return local.isoformat(timespec=_precision(local)) + distance

    def distance(self, at_us: int) -> str:
        """Return ``+02:00``: tells the two hours of the autumn clock change apart.

        Offices get ``UTC+02:00``, which no spreadsheet takes for a number or a formula.
        """
        return f"{'UTC' if self._for_offices else ''}{self._ahead(at_us)[1]}"

    def _ahead(self, at_us: int) -> tuple[timedelta, str]:
        hour = at_us // HOUR_US
        found = self._known.get(hour)
        if found is None:
            moment = from_us(at_us).astimezone(BERLIN)
            distance = moment.strftime("%z")
            ahead = moment.utcoffset() or timedelta()
            found = self._known[hour] = ahead, f"{distance[:3]}:{distance[3:]}"
        return found


def _precision(moment: datetime) -> str:
    return "milliseconds" if moment.microsecond else "seconds"


def csv_text(rows: Iterable[Sequence[Any]], dialect: Dialect) -> str:
    """Return rows as CSV text; times are aware, None is empty."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=dialect.delimiter, lineterminator="\r\n")
    writer.writerows([_cell(value, dialect) for value in row] for row in rows)
    return out.getvalue()


def _cell(value: Any, dialect: Dialect) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        # a spreadsheet would run such a text as a formula
        return f"'{value}" if dialect.local_times and value.startswith(_RISKY) else value
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, int | float):
        text = format(value, ".12g") if isinstance(value, float) else str(value)
        return text.replace(".", ",") if dialect.decimal_comma else text
    if isinstance(value, datetime):
        local = value.astimezone(BERLIN)
        if dialect.local_times:
            return local.strftime("%d.%m.%Y %H:%M:%S")
        return local.isoformat(timespec=_precision(local))
    return msgspec.json.encode(value).decode()


def local_time(at_us: int | None) -> datetime | None:
    """Return a stored time for a cell."""
    return None if at_us is None else from_us(at_us)


class StreamedText(StreamingHttpResponse):
    """A long answer, sent piece by piece under ASGI too: Django alone would collect it first."""

    def __init__(self, pieces: Iterator[str], *, file_name: str) -> None:
        super().__init__(pieces, content_type="text/csv; charset=utf-8")
        self["Content-Disposition"] = f'attachment; filename="{file_name}"'
        self["X-Accel-Buffering"] = "no"

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """Fetch one piece after the other from a thread."""
        pieces: Any = iter(self)

        def next_piece() -> bytes | None:
            return next(pieces, None)

        while (piece := await sync_to_async(next_piece)()) is not None:
            yield piece


def streamed_csv(
    head: Sequence[str], chunks: Iterable[Iterable[Sequence[Any]]], dialect: Dialect
) -> Iterator[str]:
    """Yield a table chunk by chunk."""
    yield dialect.start + csv_text([head], dialect)
    for chunk in chunks:
        yield csv_text(chunk, dialect)


def file_name(series: DatastreamRow) -> str:
    """Return what a file about a series is called, without its ending."""
    return slugify(f"{series.thing_name} {series.name}")[:80] or f"messreihe-{series.id}"


def download(text: str, name: str) -> HttpResponse:
    """Answer with a table to be kept."""
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
