"""What PostgreSQL refuses and SQLite stores: texts and whole numbers beyond their column.

Tests run on SQLite first; here it is as strict as PostgreSQL is.
"""

from typing import Any

from django.db import DataError
from django.db.models import CharField, Field, IntegerField
from django.db.models.fields import BigIntegerField, SmallIntegerField

BITS = {SmallIntegerField: 15, BigIntegerField: 63}


def be_strict() -> None:
    """Let every model refuse what does not fit into its columns on PostgreSQL."""
    _extend(CharField, _check_length)
    _extend(IntegerField, _check_range)


def _extend(kind: type["Field[Any, Any]"], check: Any) -> None:
    plain = kind.get_db_prep_save

    def strict(self: Any, value: Any, connection: Any) -> Any:
        check(self, value)
        return plain(self, value, connection)

    kind.get_db_prep_save = strict  # type: ignore[method-assign]


def _check_length(field: Any, value: Any) -> None:
    if isinstance(value, str) and field.max_length is not None and len(value) > field.max_length:
        raise DataError(f"{field}: {len(value)} characters, at most {field.max_length}: {value!r}")


def _check_range(field: Any, value: Any) -> None:
    bits = next((n for kind, n in BITS.items() if isinstance(field, kind)), 31)
    if isinstance(value, int) and not -(1 << bits) <= value < 1 << bits:
        raise DataError(f"{field}: {value} does not fit into {bits + 1} bits")
