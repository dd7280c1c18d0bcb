"""Streams the rows of a text table, packed or not, in flat memory."""

import csv
import gzip
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO

from mehrwert.base.tables.errors import BrokenArchiveError, LineTooLongError, TableTooLongError

BLOCK_CHARS = 1 << 18
SAMPLE_BYTES = 256 * 1024
MOST_LINE_CHARS = 100_000
MOST_CHARS = 8 * 1024**3
ROWS_PER_CHUNK = 10_000
_GZIP = b"\x1f\x8b"

Row = list[str]


@dataclass(frozen=True, slots=True)
class TableFormat:
    """How bytes become cells. Rows count from 1, as in a spreadsheet.

    Args:
        encoding: Name of Python's codec.
        delimiter: One character between cells.
        decimal: ``,`` or ``.``.
        header_row: Row with the names of the columns, 0 if there is none.
        first_row: First row with data; rows between header and data are left out.
    """

    encoding: str = "utf-8"
    delimiter: str = ";"
    decimal: str = ","
    header_row: int = 1
    first_row: int = 2
    quote: str = '"'


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some consecutive rows; ``position`` is how many bytes of the file are consumed."""

    first_row: int
    rows: list[Row]
    position: int


def is_packed(path: Path) -> bool:
    """Say whether a file is gzip, whatever its name."""
    with path.open("rb") as file:
        return file.read(2) == _GZIP


def read_sample(path: Path, size: int = SAMPLE_BYTES) -> bytes:
    """Return the first bytes, unpacked.

    Raises:
        BrokenArchiveError: A gzip file that cannot be unpacked.
    """
    if not is_packed(path):
        with path.open("rb") as file:
            return file.read(size)
    try:
        with gzip.open(path) as packed:
            return packed.read(size)
    except (EOFError, OSError, zlib.error) as error:
        raise BrokenArchiveError from error


def read_chunks(
    path: Path, how: TableFormat, *, skip_to: int = 0, size: int = ROWS_PER_CHUNK
) -> Iterator[Chunk]:
    """Yield the rows with data.

    Args:
        path: The file.
        how: Its format.
        skip_to: Row to go on with after an interruption.
        size: Rows per chunk.

    Raises:
        LineTooLongError, TableTooLongError, BrokenArchiveError: Names where reading ended.
    """
    with path.open("rb") as raw:
        text = _text(raw, how.encoding, is_packed=is_packed(path))
        rows = read_rows(text, how)
        number = max(how.first_row, skip_to, 1)
        for _ in islice(rows, number - 1):
            pass
        while part := list(islice(rows, size)):
            yield Chunk(number, part, raw.tell())
            number += len(part)


def read_rows(text: IO[str], how: TableFormat) -> Iterator[Row]:
    """Yield the rows of an open text, empty ones too.

    Raises:
        LineTooLongError, TableTooLongError, BrokenArchiveError: Names where reading ended.
    """
    reader = csv.reader(
        _lines(text), delimiter=how.delimiter, quotechar=how.quote, skipinitialspace=True
    )
    number = 0
    try:
        for row in reader:
            number += 1
            yield row
    except csv.Error as error:
        raise LineTooLongError(row=number + 1) from error
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise BrokenArchiveError from error


def _text(raw: IO[bytes], encoding: str, *, is_packed: bool) -> IO[str]:
    """Decode; bytes that do not fit become lone surrogates, which no number or time contains."""
    source = gzip.GzipFile(fileobj=raw) if is_packed else raw
    errors = "replace" if encoding.startswith("utf-16") else "surrogateescape"
    return io.TextIOWrapper(source, encoding=encoding, errors=errors, newline=None)  # type: ignore[type-var]


def _lines(text: IO[str]) -> Iterator[str]:
    rest, seen, number = "", 0, 1
    while block := text.read(BLOCK_CHARS):
        seen += len(block)
        if seen > MOST_CHARS:
            raise TableTooLongError(limit_gb=MOST_CHARS // 1024**3)
        lines = (rest + block).split("\n")
        rest = lines.pop()
        number += len(lines)
        yield from lines
        if len(rest) > MOST_LINE_CHARS:
            raise LineTooLongError(row=number)
    if rest:
        yield rest
