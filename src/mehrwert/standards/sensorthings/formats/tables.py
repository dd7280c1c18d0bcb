"""A set as CSV: one line per entity, relations to one beside it as further columns."""

import csv
import io
from collections.abc import Iterator
from typing import Any

import msgspec

from mehrwert.observations.queries import Select
from mehrwert.standards.sensorthings.errors import BadOptionError
from mehrwert.standards.sensorthings.mapping import TYPES, EntityType
from mehrwert.standards.sensorthings.options import Options
from mehrwert.standards.sensorthings.rendering import show_rows

from .pages import pages_of

Column = tuple[str, ...]
_OWN = {"id": "@iot.id", "selfLink": "@iot.selfLink"}
_UNIT = ("name", "symbol", "definition")


def csv_of(
    root: str, entity: EntityType, options: Options, select: Select, most: int | None
) -> Iterator[bytes]:
    """Yield lines of CSV; the first is the names of the columns.

    Raises:
        BadOptionError: A relation to many was expanded.
    """
    columns = _columns(entity, options, ())
    names = ["/".join(column).replace("@iot.", "") for column in columns]
    text = io.StringIO()
    lines = csv.writer(text)
    lines.writerow(names)
    for page in pages_of(select, most):
        for shown in show_rows(root, entity, page.rows, options, page.levels):
            lines.writerow([_cell(shown, column) for column in columns])
        yield text.getvalue().encode()
        text.seek(0)
        text.truncate()


def _columns(entity: EntityType, options: Options, before: Column) -> list[Column]:
    """Return the way to each column: chosen properties, or all of them."""
    ways: list[Column] = []
    if options.chosen is not None:
        chosen = [way for way in options.chosen if way[0] not in entity.navs]
        ways = [(_OWN.get(way[0], way[0]), *way[1:]) for way in chosen]
    else:
        ways = [("@iot.id",), *((name,) for name in _properties(entity))]
    flat: list[Column] = []
    for way in ways:
        is_unit = way == ("unitOfMeasurement",)
        flat += [(*way, part) for part in _UNIT] if is_unit else [way]
    columns = [(*before, *way) for way in flat]
    for expansion in options.expand:
        nav = entity.navs[expansion.nav]
        if nav.many:
            raise BadOptionError(option=f"$expand={expansion.nav}, $resultFormat=CSV")
        target = TYPES[nav.entity]
        columns += _columns(target, expansion.options, (*before, expansion.nav))
    return columns


def _properties(entity: EntityType) -> list[str]:
    return [*entity.fields, *sorted(entity.output_only)]


def _cell(value: Any, column: Column) -> Any:
    for name in column:
        if isinstance(value, msgspec.Raw):
            value = msgspec.json.decode(value)
        value = value.get(name) if isinstance(value, dict) else None
    if isinstance(value, msgspec.Raw):
        value = msgspec.json.decode(value)
    if isinstance(value, bool | dict | list):
        return msgspec.json.encode(value).decode()
    return value
