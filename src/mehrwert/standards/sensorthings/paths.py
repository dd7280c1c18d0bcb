"""Parser of the resource path: ``/Things(1)/Datastreams/$ref`` → typed tree."""

import re
from dataclasses import dataclass
from functools import lru_cache

from mehrwert.observations.queries import Step

from .errors import BadPathError, BadRequestError
from .mapping import SETS, TYPES, EntityType

MAX_DEPTH = 12
MAX_LENGTH = 2_000
MAX_ID = 2**53
_SEGMENT = re.compile(r"([A-Za-z]+)(?:\((.*)\))?", re.ASCII | re.DOTALL)
_INTEGER = re.compile(r"\d{1,16}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Resource:
    """What a path names.

    Args:
        steps: The way from a set to the last entity or set.
        entity: Type of what stands at the end.
        is_set: A set, not one entity.
        property_path: ``("properties", "colour")`` after an entity.
        end: ``""``, ``"$value"`` or ``"$ref"``.
    """

    steps: tuple[Step, ...]
    entity: EntityType
    is_set: bool
    property_path: tuple[str, ...] = ()
    end: str = ""

    @property
    def is_plain(self) -> bool:
        """Say whether it is an entity or set without anything behind."""
        return not self.property_path and not self.end


@lru_cache(maxsize=4096)
def parse_path(path: str) -> Resource:
    """Parse what follows the root, without its first slash.

    Raises:
        BadPathError: Unknown set, relation, property or malformed id.
        BadRequestError: Far too long.
    """
    parts = path.split("/")
    if len(path) > MAX_LENGTH or len(parts) > MAX_DEPTH:
        raise BadRequestError
    name, row_id = _segment(parts[0])
    entity = SETS.get(name)
    if entity is None:
        raise BadPathError(part=_short(parts[0]))
    steps = [Step(entity.kind, None, row_id)]
    is_set = row_id is None
    for i, part in enumerate(parts[1:], 1):
        if part == "$ref" and i == len(parts) - 1:
            return Resource(tuple(steps), entity, is_set, end="$ref")
        if is_set:
            raise BadPathError(part=_short(part))
        name, row_id = _segment_or_property(part)
        nav = entity.navs.get(name)
        if nav is None:
            return _property(tuple(steps), entity, parts[i:])
        entity = TYPES[nav.entity]
        steps.append(Step(entity.kind, nav.relation, row_id))
        is_set = nav.many and row_id is None
    return Resource(tuple(steps), entity, is_set)


def _segment(text: str) -> tuple[str, int | None]:
    match = _SEGMENT.fullmatch(text)
    if match is None:
        raise BadPathError(part=_short(text))
    name, inner = match.groups()
    if inner is None:
        return name, None
    if not _INTEGER.fullmatch(inner) or int(inner) >= MAX_ID:
        raise BadPathError(part=_short(text))
    return name, int(inner)


def _segment_or_property(text: str) -> tuple[str, int | None]:
    return _segment(text) if _SEGMENT.fullmatch(text) else (text, None)


def _property(steps: tuple[Step, ...], entity: EntityType, parts: list[str]) -> Resource:
    end = ""
    if parts[-1] == "$value":
        end = "$value"
        parts = parts[:-1]
    known = entity.fields.keys() | entity.output_only | {"id", "selfLink"}
    if not parts or parts[0] not in known or any(p.startswith("$") for p in parts):
        raise BadPathError(part=_short("/".join(parts)))
    return Resource(steps, entity, False, tuple(parts), end)


def _short(text: str) -> str:
    return text[:60]
