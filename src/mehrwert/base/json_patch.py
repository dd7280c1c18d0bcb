"""JSON Patch (RFC 6902) on plain JSON values; knows nothing of entities."""

import re
from collections.abc import Callable
from copy import deepcopy
from typing import Any

from mehrwert.base.errors import BadPatchError, PatchTestError

MAX_OPERATIONS = 1_000
MAX_LEVELS = 64
MAX_COPIED = 1_000_000
_INDEX = re.compile(r"0|[1-9]\d{0,8}", re.ASCII)
_BAD_ESCAPE = re.compile(r"~(?![01])")


def apply_patch(document: Any, operations: Any) -> Any:
    """Return the changed document; the given one stays as it is.

    Raises:
        BadPatchError: No patch, or one that leads nowhere in this document.
        PatchTestError: A ``test`` does not hold.
    """
    if not isinstance(operations, list) or len(operations) > MAX_OPERATIONS:
        raise BadPatchError(operation="[]")
    holder = [deepcopy(document)]
    budget = [MAX_COPIED]
    for operation in operations:
        if not isinstance(operation, dict):
            raise BadPatchError(operation=str(operation)[:60])
        act = _OPERATIONS.get(str(operation.get("op")))
        if act is None:
            raise BadPatchError(operation=str(operation.get("op"))[:60])
        act(holder, operation, budget)
    return holder[0]


def parse_pointer(pointer: Any) -> list[str]:
    """Return the parts of a JSON Pointer (RFC 6901).

    Raises:
        BadPatchError: It is none.
    """
    is_text = isinstance(pointer, str)
    if not is_text or (pointer and not pointer.startswith("/")) or _BAD_ESCAPE.search(pointer):
        raise BadPatchError(operation=str(pointer)[:60])
    parts = [p.replace("~1", "/").replace("~0", "~") for p in pointer.split("/")[1:]]
    if len(parts) > MAX_LEVELS:
        raise BadPatchError(operation=pointer[:60])
    return parts


def is_same(one: Any, other: Any) -> bool:
    """Compare as JSON: ``1`` is ``1.0`` but not ``true``; members have no order."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(is_same(one[k], other[k]) for k in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(is_same, one, other))
    return bool(one == other)


def _add(holder: list[Any], operation: dict[str, Any], budget: list[int]) -> None:
    _put(holder, operation.get("path"), _value(operation))


def _remove(holder: list[Any], operation: dict[str, Any], budget: list[int]) -> None:
    _take_out(holder, operation.get("path"))


def _replace(holder: list[Any], operation: dict[str, Any], budget: list[int]) -> None:
    value = _value(operation)
    parent, key = _existing(holder, operation.get("path"))
    parent[key] = value


def _move(holder: list[Any], operation: dict[str, Any], budget: list[int]) -> None:
    source, target = (parse_pointer(operation.get(name)) for name in ("from", "path"))
    if len(target) > len(source) and target[: len(source)] == source:
        raise BadPatchError(operation=str(operation["path"])[:60])
    _put(holder, operation["path"], _take_out(holder, operation["from"]))


def _copy(holder: list[Any], operation: dict[str, Any], budget: list[int]) -> None:
    parent, key = _existing(holder, operation.get("from"))
    budget[0] -= _size(parent[key])
    if budget[0] < 0:
        raise BadPatchError(operation="copy")
    _put(holder, operation.get("path"), deepcopy(parent[key]))


def _test(holder: list[Any], operation: dict[str, Any], budget: list[int]) -> None:
    value = _value(operation)
    parent, key = _existing(holder, operation.get("path"))
    if not is_same(parent[key], value):
        raise PatchTestError(path=str(operation["path"])[:60])


_Act = Callable[[list[Any], dict[str, Any], list[int]], None]
_OPERATIONS: dict[str, _Act] = {
    "add": _add,
    "remove": _remove,
    "replace": _replace,
    "move": _move,
    "copy": _copy,
    "test": _test,
}


def _value(operation: dict[str, Any]) -> Any:
    if "value" not in operation:
        raise BadPatchError(operation="value")
    return deepcopy(operation["value"])


def _parent(holder: list[Any], pointer: Any) -> tuple[Any, str | int]:
    """Return what holds the place, and the last part of the way; the root is held by ``holder``."""
    parts = parse_pointer(pointer)
    if not parts:
        return holder, 0
    value = holder[0]
    for part in parts[:-1]:
        value = value[_key(value, part, pointer)]
    return value, parts[-1]


def _key(value: Any, part: str, pointer: str) -> Any:
    """Return the key of an existing member or item."""
    if isinstance(value, dict) and part in value:
        return part
    if isinstance(value, list) and _INDEX.fullmatch(part) and int(part) < len(value):
        return int(part)
    raise BadPatchError(operation=pointer[:60])


def _existing(holder: list[Any], pointer: Any) -> tuple[Any, Any]:
    parent, last = _parent(holder, pointer)
    return parent, last if parent is holder else _key(parent, str(last), pointer)


def _put(holder: list[Any], pointer: Any, value: Any) -> None:
    parent, last = _parent(holder, pointer)
    if parent is holder:
        holder[0] = value
    elif isinstance(parent, dict):
        parent[str(last)] = value
    elif isinstance(parent, list) and last == "-":
        parent.append(value)
    elif isinstance(parent, list) and _INDEX.fullmatch(str(last)) and int(last) <= len(parent):
        parent.insert(int(last), value)
    else:
        raise BadPatchError(operation=str(pointer)[:60])


def _take_out(holder: list[Any], pointer: Any) -> Any:
    parent, key = _existing(holder, pointer)
    if parent is holder:
        value, holder[0] = holder[0], None
        return value
    return parent.pop(key)


def _size(value: Any) -> int:
    """Return how many values there are in a value: copies of copies must not fill the memory."""
    if isinstance(value, str):
        return 1 + len(value) // 8
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + sum(map(_size, inner))
