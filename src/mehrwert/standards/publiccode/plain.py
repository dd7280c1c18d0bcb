"""YAML nodes → plain values with the meaning of YAML 1.2. Dates and ``yes`` stay texts."""

from typing import Any

import yaml

from .errors import UnreadableError
from .reading import is_null, is_number, pairs, position, read_flag

MOST_NODES = 20_000


def to_plain(node: yaml.Node | None) -> Any:
    """Return a node as plain Python data; numbers stay the text they are written as.

    Raises:
        UnreadableError: Aliases blow the file up beyond ``MOST_NODES`` values.
    """
    return _Reader().read(node)


class _Reader:
    """Counts values, so that a small file with many aliases cannot become large."""

    def __init__(self) -> None:
        self._left = MOST_NODES

    def read(self, node: yaml.Node | None) -> Any:
        if node is None or is_null(node):
            return None
        self._left -= 1
        if self._left < 0:
            raise UnreadableError("too_deep", *position(node.start_mark))
        if isinstance(node, yaml.SequenceNode):
            return [self.read(item) for item in node.value]
        if isinstance(node, yaml.MappingNode):
            return {str(key.value): self.read(value) for key, value in pairs(node)}
        flag = read_flag(node)
        if flag is not None:
            return flag
        return str(node.value)


def written_as_number(node: yaml.Node) -> bool:
    """Say whether a scalar would be a number for other readers."""
    return isinstance(node, yaml.ScalarNode) and is_number(node)
