"""Query options: ``$filter=…&$top=…``, and the same between the brackets of ``$expand``."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any
from urllib.parse import unquote_plus

import msgspec

from mehrwert.observations.queries.tree import KeyPart
from mehrwert.standards.sensorthings.errors import (
    BadOptionError,
    NotBuiltError,
    UnknownNameError,
)
from mehrwert.standards.sensorthings.mapping import TYPES, EntityType
from mehrwert.standards.sensorthings.options import MAX_TOP, Expansion, Options, Selection, merge
from mehrwert.standards.sensorthings.times import parse_instant

from .aggregation import aggregation
from .expressions import ExpressionParser
from .scanner import Scanner
from .words import field_of

MAX_SKIP = 2**53
MAX_QUERY = 16_000
MAX_POINTS = 10_000
MAX_KEY_PARTS = 40
MAX_NAMES = 100
_NAME = r"@?[^\W\d]\w*(?:\.\w+)?"
_KEY = r"[^\s,/()\[\]=;'\"\\$]+"
_DIGITS = re.compile(r"\d{1,18}", re.ASCII)
_FORMATS = {"dataarray": "dataArray", "csv": "CSV", "geojson": "GeoJSON", "default": ""}
_METADATA = frozenset({"full", "minimal", "none"})
_OWN = frozenset({"id", "@iot.id", "selfLink", "@iot.selfLink"})


@lru_cache(maxsize=4096)
def parse_options(query: bytes, entity_name: str) -> Options:
    """Parse a query string for an entity type.

    Raises:
        BadOptionError: Malformed, given twice, or not fitting this type.
        NotBuiltError: An option that is not offered.
    """
    entity = TYPES[entity_name]
    given = _pairs(query)
    read: dict[str, Any] = {}
    for name, text in given.items():
        scanner = Scanner(text, name)
        read |= _OPTIONS[name](scanner, entity)
        scanner.end()
    return Options(**read, given=tuple(given.items()))


def _pairs(query: bytes) -> dict[str, str]:
    """Return the options that begin with ``$``; others are ignored."""
    if len(query) > MAX_QUERY:
        raise BadOptionError(option="?")
    given: dict[str, str] = {}
    for part in query.decode("utf-8", "replace").split("&"):
        name, _, value = part.partition("=")
        name = unquote_plus(name)
        if not name.startswith("$"):
            continue
        if name not in _OPTIONS:
            raise NotBuiltError(part=name[:60])
        value = unquote_plus(value)
        if name in given or "\x00" in value or "\ufffd" in value:
            raise BadOptionError(option=name)
        given[name] = value.strip(" ")
    return given


def _number(scanner: Scanner, most: int) -> int:
    text = scanner.take(r"[0-9]{1,18}")
    if text is None or int(text) > most:
        raise BadOptionError(option=f"{scanner.option}={scanner.text[:40]}")
    return int(text)


def _top(scanner: Scanner, _: EntityType) -> dict[str, Any]:
    return {"top": min(_number(scanner, 10**18), MAX_TOP)}


def _skip(scanner: Scanner, _: EntityType) -> dict[str, Any]:
    return {"skip": _number(scanner, MAX_SKIP)}


def _count(scanner: Scanner, _: EntityType) -> dict[str, Any]:
    word = scanner.take(r"(?:true|false)\b")
    if word is None:
        raise BadOptionError(option=f"$count={scanner.text[:40]}")
    return {"count": word == "true"}


def _filter(scanner: Scanner, entity: EntityType) -> dict[str, Any]:
    return {"filter": ExpressionParser(scanner, entity).condition()}


def _orderby(scanner: Scanner, entity: EntityType) -> dict[str, Any]:
    return {"order": ExpressionParser(scanner, entity).orders()}


def _select(scanner: Scanner, entity: EntityType) -> dict[str, Any]:
    distinct = scanner.take(r"distinct:") is not None
    names = [_chosen(scanner, entity)]
    while scanner.taken(",") and len(names) < MAX_NAMES:
        names.append(_chosen(scanner, entity))
    chosen: Selection = tuple(names)
    if not distinct:
        return {"chosen": chosen}
    for way in chosen:
        if field_of(entity, way[0]) is None:
            raise BadOptionError(option=f"$select=distinct:{way[0][:40]}")
    return {"chosen": chosen, "distinct": True}


def _chosen(scanner: Scanner, entity: EntityType) -> tuple[str, ...]:
    scanner.spaces()
    name = scanner.take(_NAME)
    if name is None:
        raise scanner.error()
    if name not in _OWN | entity.fields.keys() | entity.output_only | entity.navs.keys():
        raise UnknownNameError(name=name[:40], entity=entity.name)
    way = [name]
    while name not in _OWN | entity.navs.keys() and scanner.taken("/"):
        key = scanner.take(_KEY)
        if key is None:
            raise scanner.error()
        way.append(key)
    scanner.spaces()
    return tuple(way)


def _expand(scanner: Scanner, entity: EntityType) -> dict[str, Any]:
    found = [_expansion(scanner, entity)]
    while scanner.taken(","):
        found.append(_expansion(scanner, entity))
    return {"expand": merge(tuple(found))}


def _expansion(scanner: Scanner, entity: EntityType) -> Expansion:
    """Read ``A``, ``A/B`` or ``A($top=1;…)``; options belong to the last relation of a path."""
    scanner.spaces()
    scanner.count()
    scanner.enter()
    name = scanner.take(_NAME) or ""
    nav = entity.navs.get(name)
    if nav is None:
        if not name:
            raise scanner.error()
        raise UnknownNameError(name=name[:40], entity=entity.name)
    target = TYPES[nav.entity]
    if scanner.taken("/"):
        inner = _expansion(scanner, target)
        options = Options(expand=(inner,), given=(("$expand", _written(inner)),))
    elif scanner.taken("("):
        options = _inner_options(scanner, target)
    else:
        options = Options()
    scanner.leave()
    scanner.spaces()
    return Expansion(name, nav.relation, options)


def _inner_options(scanner: Scanner, entity: EntityType) -> Options:
    read: dict[str, Any] = {}
    given: dict[str, str] = {}
    outer = scanner.option
    while not scanner.taken(")"):
        if given:
            scanner.must(";")
            if scanner.taken(")"):
                break
        scanner.spaces()
        name = scanner.take(r"\$[a-zA-Z]+") or ""
        if name in given or not name:
            raise scanner.error()
        if name not in _INNER:
            raise NotBuiltError(part=f"{outer}({name})"[:60])
        scanner.must("=")
        begin = scanner.at
        scanner.option = name
        read |= _OPTIONS[name](scanner, entity)
        scanner.option = outer
        scanner.spaces()
        given[name] = scanner.text[begin : scanner.at].strip()
    if "distinct" in read:
        raise NotBuiltError(part=f"{outer}($select=distinct:)"[:60])
    return Options(**read, given=tuple(given.items()))


def _written(expansion: Expansion) -> str:
    inner = ";".join(f"{name}={value}" for name, value in expansion.options.given)
    return f"{expansion.nav}({inner})" if inner else expansion.nav


def _skiptoken(scanner: Scanner, _: EntityType) -> dict[str, Any]:
    text = scanner.take(r"[0-9a-f]+") or ""
    try:
        key = msgspec.json.decode(bytes.fromhex(text))
    except (ValueError, RecursionError) as error:
        raise BadOptionError(option="$skiptoken") from error
    if not isinstance(key, list) or not 1 <= len(key) <= MAX_KEY_PARTS:
        raise BadOptionError(option="$skiptoken")
    if not all(map(_is_part, key)):
        raise BadOptionError(option="$skiptoken")
    parts: tuple[KeyPart, ...] = tuple(key)
    return {"after": parts}


def _is_part(part: object) -> bool:
    if type(part) is int:
        return abs(part) < 2**62
    return part is None or type(part) is float or (type(part) is str and "\x00" not in part)


def _format(scanner: Scanner, _: EntityType) -> dict[str, Any]:
    word = (scanner.take(r"[A-Za-z]+") or "").lower()
    if word not in _FORMATS:
        raise BadOptionError(option=f"$resultFormat={scanner.text[:40]}")
    return {"format": _FORMATS[word]}


def _decimate(scanner: Scanner, _: EntityType) -> dict[str, Any]:
    points = _number(scanner, MAX_POINTS)
    if points < 2:
        raise BadOptionError(option=f"$decimate={points}")
    return {"points": points}


def _as_of(scanner: Scanner, _: EntityType) -> dict[str, Any]:
    text, scanner.at = scanner.text[scanner.at :], len(scanner.text)
    return {"as_of_us": parse_instant(text, "$asof")}


def _metadata(scanner: Scanner, _: EntityType) -> dict[str, Any]:
    word = (scanner.take(r"[A-Za-z]+") or "").lower()
    if word not in _METADATA:
        raise BadOptionError(option=f"$resultMetadata={scanner.text[:40]}")
    return {"metadata": word}


def _apply(scanner: Scanner, _: EntityType) -> dict[str, Any]:
    return {"apply": aggregation(scanner)}


_OPTIONS: dict[str, Callable[[Scanner, EntityType], dict[str, Any]]] = {
    "$top": _top,
    "$skip": _skip,
    "$count": _count,
    "$filter": _filter,
    "$orderby": _orderby,
    "$select": _select,
    "$expand": _expand,
    "$skiptoken": _skiptoken,
    "$resultFormat": _format,
    "$decimate": _decimate,
    "$apply": _apply,
    "$asof": _as_of,
    "$resultMetadata": _metadata,
}
_INNER = frozenset({"$top", "$skip", "$count", "$filter", "$orderby", "$select", "$expand"})
