"""The lenient reading: repair what is certain, park the rest, invent nothing (CAT-702).

Every repair is reported; everything that cannot be used stays as it is written, with its place.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from ..choices import EXPORT_VERSION, SUPPORTED_VERSIONS
from ..languages import is_language_tag
from ..reading import Document, entry, is_null, is_number, pairs, position, read_flag, source_text
from .fields import FIELDS
from .shapes import ByLanguage, Flag, Items, Section, Shape, Text

COUNTRIES = frozenset({"countries", "unsupportedCountries"})
NOT_OURS = frozenset({"IT", "it", "monochromeLogo", "inputTypes", "outputTypes"})


@dataclass(frozen=True)
class Repair:
    """One change of the lenient reading: what stood there, what was read instead."""

    code: str
    key: str
    line: int
    before: str
    after: str


@dataclass(frozen=True)
class Parked:
    """One statement that could not be used, exactly as it is written.

    ``reason`` is ``unknown_key``, ``country``, ``invalid`` or ``legacy``; ``meant`` proposes the
    known key of another case.
    """

    reason: str
    key: str
    line: int
    text: str
    meant: str = ""


@dataclass
class Lenient:
    """What a lenient reading gave. ``missing`` are mandatory keys without a usable value."""

    data: dict[str, Any] = field(default_factory=dict)
    repairs: list[Repair] = field(default_factory=list)
    parked: list[Parked] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    @property
    def is_complete(self) -> bool:
        """Say whether every mandatory key has a value."""
        return not self.missing


class _Nothing:
    """A value that is not there or could not be used."""


NOTHING = _Nothing()


def read_leniently(document: Document) -> Lenient:
    """Read a document that may be wrong in many ways.

    A document that is no mapping gives nothing at all.
    """
    reader = _Reader(document)
    root = document.root
    if isinstance(root, yaml.MappingNode):
        reader.version(root)
        shapes = {k: v for k, v in FIELDS.items() if k != "publiccodeYmlVersion"}
        reader.result.data |= reader.section(Section(shapes), root, "")
        reader.only_with_a_contract(root)
    reader.result.missing = _missing(reader.result.data)
    return reader.result


class _Reader:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.result = Lenient()

    def version(self, root: yaml.Node) -> None:
        """Read every version as the newest one."""
        self.result.data["publiccodeYmlVersion"] = EXPORT_VERSION
        pair = entry(root, "publiccodeYmlVersion")
        if pair is None or not isinstance(pair[1], yaml.ScalarNode):
            return
        written = str(pair[1].value)
        if is_number(pair[1]):
            self._repaired("version_number", "publiccodeYmlVersion", pair[1], f'"{written}"')
        if written not in SUPPORTED_VERSIONS:
            self._repaired("version_unknown", "publiccodeYmlVersion", pair[1], "0.7")

    def only_with_a_contract(self, root: yaml.Node) -> None:
        """Park contractors where maintenance is not by contract."""
        maintenance = self.result.data.get("maintenance") or {}
        section = entry(root, "maintenance")
        pair = entry(section[1], "contractors") if section is not None else None
        is_by_contract = maintenance.get("type") == "contract"
        if pair is not None and not is_by_contract and maintenance.pop("contractors", None):
            self._park("invalid", "maintenance.contractors", pair[1])

    def section(self, shape: Section, node: yaml.Node, path: str) -> dict[str, Any]:
        """Read a mapping; what cannot be used is parked."""
        found: dict[str, Any] = {}
        for key, value in pairs(node):
            name = str(key.value)
            here = f"{path}.{name}" if path else name
            if here == "publiccodeYmlVersion":
                continue
            if not path and (name in NOT_OURS or _is_country(name, shape.fields)):
                reason = "legacy" if name in NOT_OURS - {"IT", "it"} else "country"
                self._park(reason, here, value)
            elif name not in shape.fields:
                self._park("unknown_key", here, value, _other_case(name, shape.fields))
            else:
                read = self.value(shape.fields[name], value, here)
                if read is not NOTHING and name not in found:
                    found[name] = read
        return found

    def value(self, shape: Shape, node: yaml.Node, path: str) -> Any:
        """Read one value, ``NOTHING`` where it is empty or was parked."""
        if is_null(node):
            return NOTHING
        if isinstance(shape, Text):
            return self._text(shape, node, path)
        if isinstance(shape, Flag):
            flag = read_flag(node)
            return flag if flag is not None else self._park("invalid", path, node)
        if isinstance(shape, Items):
            return self._items(shape, node, path)
        if not isinstance(node, yaml.MappingNode):
            return self._park("invalid", path, node)
        if isinstance(shape, ByLanguage):
            return self._languages(shape, node, path)
        return self.section(shape, node, path) or NOTHING

    def _text(self, shape: Text, node: yaml.Node, path: str) -> Any:
        if not isinstance(node, yaml.ScalarNode):
            return self._park("invalid", path, node)
        text = str(node.value).strip()
        if not text:
            return NOTHING
        if any(check(text) for check in shape.checks):
            return self._park("invalid", path, node)
        if shape.deprecated:
            return self._park("legacy", path, node)
        return text

    def _items(self, shape: Items, node: yaml.Node, path: str) -> Any:
        if isinstance(node, yaml.ScalarNode) and not shape.or_single:
            self._repaired("scalar_to_list", path, node, "[…]")
        if isinstance(node, yaml.MappingNode):
            return self._park("invalid", path, node)
        inside = node.value if isinstance(node, yaml.SequenceNode) else [node]
        found = []
        for index, item in enumerate(inside):
            here = f"{path}[{index}]"
            read = self.value(shape.of, item, here)
            if isinstance(shape.of, Section) and read is not NOTHING:
                read = self._with_mandatory(shape.of, read, item, here)
            if path.rpartition(".")[2] in COUNTRIES and isinstance(read, str):
                read = self._upper(read, item, here)
            if read is not NOTHING and read not in found:
                found.append(read)
        return found or NOTHING

    def _with_mandatory(self, shape: Section, read: Any, item: yaml.Node, path: str) -> Any:
        """Park an entry that lacks what makes it one, such as the name of a dependency."""
        required = [n for n, s in shape.fields.items() if getattr(s, "required", False)]
        return read if all(n in read for n in required) else self._park("invalid", path, item)

    def _upper(self, code: str, node: yaml.Node, path: str) -> str:
        if code != code.upper():
            self._repaired("country_upper", path, node, code.upper())
        return code.upper()

    def _languages(self, shape: ByLanguage, node: yaml.Node, path: str) -> Any:
        found = {}
        for key, value in pairs(node):
            here = f"{path}.{key.value}"
            if not is_language_tag(str(key.value)):
                self._park("invalid", here, value)
            elif isinstance(value, yaml.MappingNode):
                found[str(key.value)] = self.section(shape.of, value, here)
            elif not is_null(value):
                self._park("invalid", here, value)
        return found or NOTHING

    def _repaired(self, code: str, key: str, node: yaml.Node, after: str) -> None:
        line, _ = position(node.start_mark)
        before = source_text(self.document, node)
        self.result.repairs.append(Repair(code, key, line, before, after))

    def _park(self, reason: str, key: str, node: yaml.Node, meant: str = "") -> _Nothing:
        line, _ = position(node.start_mark)
        text = source_text(self.document, node)
        self.result.parked.append(Parked(reason, key, line, text, meant))
        return NOTHING


def _is_country(name: str, known: Mapping[str, Shape]) -> bool:
    return len(name) == 2 and name.isalpha() and name not in known


def _other_case(name: str, known: Mapping[str, Shape]) -> str:
    return next((k for k in known if k.lower() == name.lower()), "")


def _missing(data: dict[str, Any]) -> list[str]:
    """Return the mandatory keys that have no value, as paths."""
    found = []
    for name, shape in FIELDS.items():
        if name not in data and (getattr(shape, "required", False) or getattr(shape, "least", 0)):
            if isinstance(shape, Section):
                found += [f"{name}.{n}" for n in _required(shape)]
            else:
                found.append(name)
        elif isinstance(shape, Section) and shape.required:
            found += [f"{name}.{n}" for n in _required(shape) if n not in data[name]]
    descriptions = data.get("description") or {}
    if not descriptions:
        found.append("description")
    wanted = ("shortDescription", "longDescription", "features")
    for tag, text in descriptions.items():
        found += [f"description.{tag}.{n}" for n in wanted if n not in text]
    return found + _missing_people(data.get("maintenance") or {})


def _required(shape: Section) -> list[str]:
    return [n for n, s in shape.fields.items() if getattr(s, "required", False)]


def _missing_people(maintenance: dict[str, Any]) -> list[str]:
    kind = maintenance.get("type")
    needs = {"internal": "contacts", "community": "contacts", "contract": "contractors"}
    name = needs.get(str(kind), "")
    return [f"maintenance.{name}"] if name and name not in maintenance else []
