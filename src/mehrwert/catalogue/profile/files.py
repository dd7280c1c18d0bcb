"""Reads and writes ``mehrwert.yml``: YAML 1.2, plain values, provenance beside them.

Import, export and import again give the same document. Unknown keys are refused on entry and
parked under ``unmapped`` on import; nothing is invented.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from mehrwert.catalogue.profile.schema import VERSION, Finding, validate
from mehrwert.catalogue.rules.pointers import segments_of

MOST_BYTES = 1_000_000
MOST_NODES = 20_000


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file gave: profile and provenance, what was parked, what is wrong.

    ``findings`` without parked keys; a document with findings is not stored.
    """

    profile: dict[str, Any]
    provenance: dict[str, dict[str, Any]]
    parked: tuple[str, ...]
    findings: tuple[Finding, ...]


_YAML_1_1 = frozenset(
    f"tag:yaml.org,2002:{name}" for name in ("bool", "timestamp", "int", "float", "merge")
)


class _Loader(yaml.SafeLoader):
    """YAML 1.2 core: only true and false are booleans, dates are texts; no aliases, no doubles."""

    yaml_implicit_resolvers = {
        first: [pair for pair in pairs if pair[0] not in _YAML_1_1]
        for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def compose_node(self, parent: Any, index: Any) -> Any:
        """Refuse aliases: they can make a small file unbearably large."""
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("alias")
        return super().compose_node(parent, index)

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        """Refuse a key that stands twice."""
        names = [str(key.value) for key, _ in node.value]
        if len(names) != len(set(names)):
            raise yaml.YAMLError("double key")
        return super().construct_mapping(node, deep=True)


_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF")
)
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:int", re.compile(r"^[-+]?(?:0|[1-9][0-9]*)$"), list("-+0123456789")
)
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:float",
    re.compile(r"^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$"),
    list("-+0123456789."),
)


class _Dumper(yaml.SafeDumper):
    """Writes what both YAML 1.1 and 1.2 read the same way."""

    def ignore_aliases(self, data: Any) -> bool:
        """Write everything out."""
        return True


# official keys begin with zeros: quoted, so that no reader takes them for numbers
_Dumper.add_implicit_resolver(
    "tag:yaml.org,2002:int", re.compile(r"^[-+]?[0-9]+$"), list("-+0123456789")
)


def import_text(text: str) -> Imported:
    """Read a file; what the format does not know is parked.

    Returns:
        Never raises for content: a text that is no YAML has one finding with the rule ``yaml``.
    """
    try:
        if len(text.encode()) > MOST_BYTES:
            return _unreadable("zu groß, höchstens 1 MB")
        document = yaml.load(text, _Loader)  # noqa: S506 - a safe loader, stricter than SafeLoader
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        return _unreadable(f"Zeile {line}")
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        return _unreadable(str(error)[:60])
    if not isinstance(document, dict):
        return _unreadable("keine Angaben der Form „name: Wert“")
    document = _migrated(document)
    parked: dict[str, Any] = dict(document.get("unmapped") or {})
    unknown = [found for found in validate(document) if found.rule == "additionalProperties"]
    for found in unknown:
        parked[found.pointer] = _take_out(document, found.pointer)
    if parked:
        document["unmapped"] = parked
    findings = validate(document)
    provenance = document.pop("provenance", None) or {}
    document.pop("mehrwert_version", None)
    return Imported(
        document, provenance, tuple(found.pointer for found in unknown), tuple(findings)
    )


def export_text(profile: Mapping[str, Any], provenance: Mapping[str, Mapping[str, Any]]) -> str:
    """Write a profile as a file; the same content is the same bytes."""
    document: dict[str, Any] = {"mehrwert_version": VERSION, **profile}
    if provenance:
        document["provenance"] = {key: dict(told) for key, told in provenance.items()}
    return yaml.dump(
        document, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100, indent=2
    )


def _migrated(document: dict[str, Any]) -> dict[str, Any]:
    """Bring a document of an older version to this one; a number as version is its text."""
    if document.get("mehrwert_version") == int(VERSION):
        return {**document, "mehrwert_version": VERSION}
    return document


def _take_out(document: dict[str, Any], pointer: str) -> Any:
    *parents, last = segments_of(pointer)
    holder: Any = document
    for segment in parents:
        holder = holder[int(segment)] if isinstance(holder, list) else holder[segment]
    return holder.pop(last)


def _unreadable(reason: str) -> Imported:
    finding = Finding("", "yaml", "Die Datei lässt sich nicht lesen: %(value)s.", {"value": reason})
    return Imported({}, {}, (), (finding,))
