"""Parser of the query options that are built; what is not built is said so."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import unquote_plus, urlencode

import msgspec

from mehrwert.observations.queries import Order

from .errors import BadOptionError, NotBuiltError
from .mapping import TYPES, EntityType

DEFAULT_TOP = 100
MAX_TOP = 10_000
MAX_SKIP = 2**53
MAX_QUERY = 16_000
BUILT = frozenset({"$top", "$skip", "$count", "$orderby", "$select", "$skiptoken"})
_DIGITS = re.compile(r"\d{1,18}", re.ASCII)
_ORDER = re.compile(r"([@A-Za-z.]+)(?:[ ]+([A-Za-z]+))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Options:
    """Parsed options of a request for a set or an entity."""

    top: int = DEFAULT_TOP
    skip: int = 0
    count: bool = False
    order: Order | None = None
    chosen: frozenset[str] | None = None
    after: tuple[int | str, ...] | None = None
    # as given, for the link to the next page
    given: tuple[tuple[str, str], ...] = ()


NO_OPTIONS = Options()


@lru_cache(maxsize=4096)
def parse_options(query: bytes, entity_name: str) -> Options:
    """Parse a query string for an entity type.

    Raises:
        BadOptionError: Malformed, given twice, or not fitting this type.
        NotBuiltError: An option of the standard that is not built, or an unknown one.
    """
    entity = TYPES[entity_name]
    given = _pairs(query)
    order = _order(given["$orderby"], entity) if "$orderby" in given else None
    return Options(
        top=min(_number(given, "$top", DEFAULT_TOP), MAX_TOP),
        skip=_number(given, "$skip", 0),
        count=_boolean(given, "$count"),
        order=order,
        chosen=_chosen(given["$select"], entity) if "$select" in given else None,
        after=_token(given["$skiptoken"]) if "$skiptoken" in given else None,
        given=tuple(given.items()),
    )


def next_query(options: Options, key: tuple[Any, ...]) -> str:
    """Return the query string of the next page."""
    pairs = [(k, v) for k, v in options.given if k not in {"$skip", "$skiptoken"}]
    token = msgspec.json.encode(key).hex()
    return urlencode([*pairs, ("$skiptoken", token)], safe="$@,()'/")


def _pairs(query: bytes) -> dict[str, str]:
    """Return the options that begin with ``$``; others are ignored."""
    if len(query) > MAX_QUERY:
        raise BadOptionError(option="?")
    given: dict[str, str] = {}
    for part in query.decode("latin-1").split("&"):
        name, _, value = part.partition("=")
        name = unquote_plus(name)
        if not name.startswith("$"):
            continue
        if name not in BUILT:
            raise NotBuiltError(part=name[:60])
        value = unquote_plus(value)
        if name in given or "\x00" in value:
            raise BadOptionError(option=name)
        given[name] = value
    return given


def _number(given: dict[str, str], name: str, default: int) -> int:
    if name not in given:
        return default
    if not _DIGITS.fullmatch(given[name]) or int(given[name]) > MAX_SKIP:
        raise BadOptionError(option=f"{name}={given[name][:40]}")
    return int(given[name])


def _boolean(given: dict[str, str], name: str) -> bool:
    value = given.get(name, "false")
    if value not in {"true", "false"}:
        raise BadOptionError(option=f"{name}={value[:40]}")
    return value == "true"


def _order(text: str, entity: EntityType) -> Order:
    match = _ORDER.fullmatch(text.strip())
    if match is None:
        if "," in text or "/" in text or "(" in text:
            raise NotBuiltError(part=f"$orderby={text[:40]}")
        raise BadOptionError(option=f"$orderby={text[:40]}")
    name, direction = match.group(1), (match.group(2) or "asc").lower()
    if direction not in {"asc", "desc"}:
        raise BadOptionError(option=f"$orderby={text[:40]}")
    field = entity.orders.get(name)
    if field is None:
        if name in entity.fields or name in entity.output_only:
            raise NotBuiltError(part=f"$orderby={name}")
        raise BadOptionError(option=f"$orderby={text[:40]}")
    return Order(field, direction == "desc")


def _chosen(text: str, entity: EntityType) -> frozenset[str]:
    names = [name.strip() for name in text.split(",")]
    own = {"id", "@iot.id", "selfLink", "@iot.selfLink"}
    known = own | entity.fields.keys() | entity.output_only | entity.navs.keys()
    for name in names:
        if name not in known:
            if name.partition("/")[0] in known and "/" in name:
                raise NotBuiltError(part=f"$select={name[:40]}")
            raise BadOptionError(option=f"$select={name[:40]}")
    return frozenset(names)


def _token(text: str) -> tuple[int | str, ...]:
    try:
        key = msgspec.json.decode(bytes.fromhex(text))
    except (ValueError, RecursionError) as error:
        raise BadOptionError(option="$skiptoken") from error
    if not isinstance(key, list) or not 1 <= len(key) <= 3:
        raise BadOptionError(option="$skiptoken")
    if not all(_is_part(part) for part in key):
        raise BadOptionError(option="$skiptoken")
    return tuple(key)


def _is_part(part: object) -> bool:
    if type(part) is int:
        return abs(part) < 2**62
    return type(part) is str and "\x00" not in part
