"""Bytes → a tree of YAML nodes that know their line and column; YAML 1.2 meaning of scalars.

PyYAML follows YAML 1.1 where ``yes`` is true and ``1:30`` a number; here only its syntax is used.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from .choices import MOST_BYTES
from .errors import UnreadableError

Pair = tuple[yaml.Node, yaml.Node]

DEEPEST = 40
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_TRUE = frozenset({"true", "True", "TRUE"})
_FALSE = frozenset({"false", "False", "FALSE"})
_NUMBER = re.compile(
    r"[-+]?(0|[1-9][0-9_]*|0o?[0-7]+|0x[0-9a-fA-F]+|0b[01]+)"
    r"|[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?"
    r"|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)"
)
_STRING_TAG = "tag:yaml.org,2002:str"


@dataclass(frozen=True)
class Document:
    """One readable file: its text and the root node, None for an empty file."""

    text: str
    root: yaml.Node | None


def read_document(data: bytes) -> Document:
    """Read the one document of a file.

    Raises:
        UnreadableError: Not UTF-8, no YAML, more than one document, too large or too deep.
    """
    if len(data) > MOST_BYTES:
        raise UnreadableError("too_large")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UnreadableError("encoding", line) from error
    try:
        _check_depth(text)
        documents = list(yaml.compose_all(text, _LOADER))
    except yaml.MarkedYAMLError as error:
        place = error.problem_mark or error.context_mark
        raise UnreadableError("yaml", *(position(place) if place else (0, 0))) from error
    except yaml.YAMLError as error:
        raise UnreadableError("yaml") from error
    if len(documents) > 1:
        raise UnreadableError("several_documents", *position(documents[1].start_mark))
    return Document(text, documents[0] if documents else None)


def _check_depth(text: str) -> None:
    """Refuse a nesting that no honest file has, before anything recursive looks at it."""
    depth = 0
    for event in yaml.parse(text, _LOADER):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                raise UnreadableError("too_deep", *position(event.start_mark))
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def position(mark: Any) -> tuple[int, int]:
    """Return line and column of a mark, both from 1."""
    return mark.line + 1, mark.column + 1


def _is_plain(node: yaml.Node) -> bool:
    """Say whether a scalar carries neither quotes nor a tag that makes it a text."""
    return isinstance(node, yaml.ScalarNode) and not node.style


def is_null(node: yaml.Node | None) -> bool:
    """Say whether nothing is there: a missing node or an empty value."""
    return node is None or (_is_plain(node) and node.value in _NULL)


def is_number(node: yaml.Node) -> bool:
    """Say whether a scalar is a number for YAML 1.2: no quotes, and looks like one."""
    looks = _is_plain(node) and _NUMBER.fullmatch(node.value) is not None
    return looks and node.tag != _STRING_TAG


def read_flag(node: yaml.Node) -> bool | None:
    """Return true or false, None for anything else; ``yes`` and ``no`` are texts."""
    if not _is_plain(node):
        return None
    return True if node.value in _TRUE else False if node.value in _FALSE else None


def pairs(node: yaml.Node | None) -> list[Pair]:
    """Return key and value nodes of a mapping, [] for any other node."""
    return list(node.value) if isinstance(node, yaml.MappingNode) else []


def entry(node: yaml.Node | None, key: str) -> Pair | None:
    """Return the pair of one key, None where it is missing."""
    return next((pair for pair in pairs(node) if pair[0].value == key), None)


def duplicate_keys(root: yaml.Node | None) -> Iterator[yaml.Node]:
    """Yield every key node that repeats a key of the same mapping, in no promised order."""
    seen: set[int] = set()
    todo = [root] if root is not None else []
    while todo:
        node = todo.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            todo += node.value
        known: set[str] = set()
        for key, value in pairs(node):
            name = key.value if isinstance(key, yaml.ScalarNode) else ""
            if name in known:
                yield key
            known.add(name)
            todo += [key, value]


def key_at_line(node: yaml.Node | None, line: int, path: str = "", depth: int = 0) -> str:
    """Return the path of the first key or list entry that starts on a line, "" if none."""
    if depth > DEEPEST:  # an alias may point back to where it stands
        return ""
    for start, value, inner in _children(node, path):
        if start == line:
            return inner
        if value.end_mark.line + 1 >= line:
            found = key_at_line(value, line, inner, depth + 1)
            if found:
                return found
    return ""


def _children(node: yaml.Node | None, path: str) -> Iterator[tuple[int, yaml.Node, str]]:
    """Yield (first line, value, path) of every key or list entry."""
    if isinstance(node, yaml.MappingNode):
        for key, value in pairs(node):
            name = f"{path}.{key.value}" if path else str(key.value)
            yield key.start_mark.line + 1, value, name
    elif isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            yield item.start_mark.line + 1, item, f"{path}[{index}]"


def source_text(document: Document, node: yaml.Node) -> str:
    """Return how a value is written in the file."""
    return document.text[node.start_mark.index : node.end_mark.index].rstrip()
