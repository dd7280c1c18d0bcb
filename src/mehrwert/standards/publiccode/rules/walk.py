"""One walk over the tree: every shape has one function that reports and says what is usable."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

import yaml

from ..choices import Severity
from ..languages import is_language_tag
from ..reading import Document, entry, is_null, key_at_line, pairs, position, read_flag
from .findings import NOTHING, FileReference, Finding, Outcome
from .shapes import ByLanguage, Flag, Items, Section, Shape, Text

_EXPECTED = {Text: "text", Flag: "flag", Items: "list", Section: "section", ByLanguage: "section"}


@dataclass(frozen=True)
class Place:
    """Where a value stands: its path, its position, and its node if there is one."""

    key: str
    node: yaml.Node | None
    line: int = 0
    column: int = 0

    def item(self, index: int, node: yaml.Node) -> "Place":
        """Return the place of one entry of a list."""
        return Place(f"{self.key}[{index}]", node, *position(node.start_mark))

    def inner(self, name: str) -> "Place":
        """Return the place of one key of a mapping, or of where it should stand.

        A missing key is shown at the first key of its section, in ``{}`` at the bracket.
        """
        key = f"{self.key}.{name}" if self.key else name
        pair = entry(self.node, name)
        if pair is not None:
            return Place(key, pair[1], *position(pair[0].start_mark))
        if self.node is None:
            return Place(key, None)
        inside = pairs(self.node)
        is_block = bool(inside) and not getattr(self.node, "flow_style", False)
        anchor = inside[0][0] if is_block else self.node
        return Place(key, None, *position(anchor.start_mark))


@dataclass
class Walk:
    """The state of one walk: the file and what was found so far."""

    document: Document
    outcome: Outcome = field(default_factory=Outcome)

    def report(
        self,
        code: str,
        place: Place,
        values: Mapping[str, Any] = NOTHING,
        severity: Severity = Severity.ERROR,
    ) -> None:
        """Add a finding at a place."""
        finding = Finding(code, place.key, place.line, place.column, severity, values)
        self.outcome.findings.append(finding)

    def warn(self, code: str, place: Place, values: Mapping[str, Any] = NOTHING) -> None:
        """Add a warning at a place."""
        self.report(code, place, values, Severity.WARNING)

    def has_finding(self, key: str) -> bool:
        """Say whether something was reported for a key."""
        return any(f.key == key for f in self.outcome.findings)

    def check(self, shape: Shape, place: Place) -> bool:
        """Check one value; False when something in it has the wrong type."""
        if isinstance(shape, Text):
            return self._text(shape, place)
        if isinstance(shape, Flag):
            return self._flag(shape, place)
        if isinstance(shape, Items):
            return self._items(shape, place)
        if isinstance(shape, ByLanguage):
            return self._languages(shape, place)
        return self.section(shape, place)

    def _wrong_type(self, shape: Shape, place: Place) -> bool:
        """Report where the value starts: at its key, or at what begins on a later line."""
        if place.node is None:
            return True
        line, column = position(place.node.start_mark)
        key = place.key if line == place.line else key_at_line(self.document.root, line)
        here = Place(key or place.key, None, line, column)
        self.report("wrong_type", here, {"type": _EXPECTED[type(shape)]})
        return False

    def _text(self, shape: Text, place: Place) -> bool:
        node = place.node
        if node is None or is_null(node):
            self._require(shape.required, place)
            return True
        if not isinstance(node, yaml.ScalarNode):
            return self._wrong_type(shape, place)
        if node.value == "" and shape.required:
            self.report("required", place)
            return True
        problem = next((p for check in shape.checks if (p := check(node.value))), None)
        if problem is not None:
            self.report(problem[0], place, problem[1])
        if node.value and shape.deprecated:
            self.warn(shape.deprecated, dotted(place))
        if node.value and shape.file:
            self.outcome.files.append(
                FileReference(shape.file, node.value, place.key, place.line, place.column)
            )
        return True

    def _flag(self, shape: Flag, place: Place) -> bool:
        if place.node is None or is_null(place.node):
            self._require(shape.required, place)
            return True
        is_flag = read_flag(place.node) is not None
        return is_flag or self._wrong_type(shape, place)

    def _require(self, is_required: bool, place: Place) -> None:
        if is_required:
            self.report("required", place)

    def _items(self, shape: Items, place: Place) -> bool:
        node = place.node
        if node is None or is_null(node):
            code = "required" if shape.required else "at_least_one" if shape.least else ""
            if code:
                self.report(code, place)
            return True
        if isinstance(node, yaml.ScalarNode) and shape.or_single:
            single = Place(f"{place.key}[0]", node, place.line, place.column)
            return self.check(shape.of, single)
        if not isinstance(node, yaml.SequenceNode):
            return self._wrong_type(shape, place)
        if shape.deprecated:
            self.warn(shape.deprecated, place)
        if len(node.value) < shape.least:
            self.report("at_least_one", place)
        inner = [self.check(shape.of, place.item(i, n)) for i, n in enumerate(node.value)]
        return all(inner)

    def section(self, shape: Section, place: Place) -> bool:
        """Check a mapping: unknown keys first, then every known one."""
        if is_null(place.node):
            if shape.required:
                for name, inner in shape.fields.items():
                    self.check(inner, place.inner(name))
            return True
        if not isinstance(place.node, yaml.MappingNode):
            return self._wrong_type(shape, place)
        self.unknown_keys(shape.fields, place)
        usable = [self.check(inner, place.inner(name)) for name, inner in shape.fields.items()]
        return all(usable)

    def unknown_keys(self, known: Mapping[str, Shape], place: Place) -> None:
        """Report keys that the standard does not know."""
        for key, _ in pairs(place.node):
            if not isinstance(key, yaml.ScalarNode):
                self._wrong_type(Text(), Place(place.key, key, *position(key.start_mark)))
            elif key.value not in known:
                values = {"value": key.value, **_meant(key.value, known)}
                self.report("unknown_key", place.inner(key.value), values)

    def _languages(self, shape: ByLanguage, place: Place) -> bool:
        node = place.node
        if node is not None and not is_null(node) and not isinstance(node, yaml.MappingNode):
            return self._wrong_type(shape, place)
        if not pairs(node):
            self.report("at_least_one", place)
            return True
        bad = [k.value for k, _ in pairs(node) if not is_language_tag(str(k.value))]
        if bad:
            self.report("description_language", place, {"value": ", ".join(map(str, bad))})
        usable = []
        for key, value in pairs(node):
            name = f"{place.key}{_language_step(str(key.value))}"
            at = Place(name, value, *position(key.start_mark))
            usable.append(self.section(shape.of, at))
        return all(usable)


def _language_step(tag: str) -> str:
    """Return how findings name a language: ``.en``, but ``[en-GB]``."""
    return f".{tag}" if tag.isalpha() else f"[{tag}]"


def dotted(place: Place) -> Place:
    """Return the place with ``description[en-GB]`` written as ``description.en-GB``."""
    head, bracket, rest = place.key.partition("description[")
    if not bracket:
        return place
    return Place(f"{head}description.{rest.replace(']', '', 1)}", place.node, *_at(place))


def _at(place: Place) -> tuple[int, int]:
    return place.line, place.column


def _meant(name: str, known: Mapping[str, Shape]) -> dict[str, str]:
    """Return the known key that was probably meant: another case, or one or two letters off."""
    by_lower = {k.lower(): k for k in known}
    close = get_close_matches(name.lower(), by_lower, n=1, cutoff=0.85)
    return {"meant": by_lower[close[0]]} if close else {}
