"""Tables as files."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse


def csv_answer(name: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """Return a table as a file: semicolons, UTF-8 with mark, one line per row."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([[_cell(value) for value in row] for row in rows])
    response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _cell(value: Any) -> str:
    """Return a cell; a text that a spreadsheet would run as a formula is quoted."""
    text = "" if value is None else str(value)
    is_number = isinstance(value, (int, float)) or text.lstrip("+-").replace(",", "").isdecimal()
    return f"'{text}" if text[:1] in {"=", "+", "-", "@"} and not is_number else text
