"""Looking for one row."""

from typing import TypeVar

from django.db.models import Model, QuerySet

from mehrwert.base.errors import MehrwertError

M = TypeVar("M", bound=Model)


def first_of(rows: QuerySet[M], missing: type[MehrwertError]) -> M:
    """Return the first of the rows.

    Args:
        rows: Asked for here, with one statement.
        missing: The error that says that there is none; it needs no data.
    """
    row = rows.first()
    if row is None:
        raise missing
    return row
