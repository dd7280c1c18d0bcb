"""Tables as CSV, in two dialects: for programs, and for the spreadsheet of a German office.

Programs get commas, decimal points and times with their distance to UTC. Spreadsheets get
semicolons, decimal commas, local times, and a byte order mark so that umlauts survive.
"""

import csv
import io
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from asgiref.sync import sync_to_async
from django.http import StreamingHttpResponse

from mehrwert.base.clock import from_us
from mehrwert.observations.periods import BERLIN

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


def csv_text(rows: Iterable[Sequence[Any]], dialect: Dialect) -> str:
    """Return rows as CSV text; times are aware, None is empty."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=dialect.delimiter, lineterminator="\r\n")
    writer.writerows([_cell(value, dialect) for value in row] for row in rows)
    return out.getvalue()


def _cell(value: Any, dialect: Dialect) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, datetime):
        local = value.astimezone(BERLIN)
        if dialect.local_times:
            return local.strftime("%d.%m.%Y %H:%M:%S")
        return local.isoformat(timespec="milliseconds" if local.microsecond else "seconds")
    if isinstance(value, int | float):
        text = format(value, ".12g") if isinstance(value, float) else str(value)
        return text.replace(".", ",") if dialect.decimal_comma else text
    text = str(value)
    # a spreadsheet would run such a text as a formula
    return f"'{text}" if dialect.local_times and text.startswith(_RISKY) else text


def local_time(at_us: int | None) -> datetime | None:
    """Return a stored time for a cell."""
    return None if at_us is None else from_us(at_us)


def utc_distance(at_us: int) -> str:
    """Return ``+02:00``: tells the two hours of the autumn clock change apart."""
    text = from_us(at_us).astimezone(BERLIN).strftime("%z")
    return f"{text[:3]}:{text[3:]}"


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
