"""The published JSON Schema and what breaks it, said in German."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mehrwert.base.json_schema import validator_of
from mehrwert.base.marks import mark
from mehrwert.catalogue.rules.pointers import join
from mehrwert.catalogue.rules.texts import cluster_count

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import ValidationError

FILE = Path(__file__).resolve().parent.parent / "data" / "mehrwert.schema.json"
VERSION = "1"
# counted in signs as people count them, not in code points
CLUSTERS = {"/short_description": 150, "/plain_summary": 600, "/problem": 300, "/name": 120}
MOST_FINDINGS = 50

# keyword of the schema → sentence with named placeholders
SENTENCES: dict[str, str] = {
    "additionalProperties": mark("Die Angabe „%(value)s“ kennt das Format nicht."),
    "required": mark("Die Angabe „%(value)s“ fehlt."),
    "type": mark("Hier steht eine andere Art von Wert als erwartet (%(expected)s)."),
    "oneOf": mark("„%(value)s“ steht nicht in der Liste der erlaubten Werte."),
    "enum": mark("„%(value)s“ steht nicht in der Liste der erlaubten Werte."),
    "const": mark("Hier muss „%(expected)s“ stehen."),
    "maxLength": mark("Das ist zu lang: höchstens %(expected)s Zeichen."),
    "minLength": mark("Hier fehlt ein Text."),
    "pattern": mark("„%(value)s“ hat nicht die erwartete Form."),
    "minItems": mark("Hier fehlt mindestens ein Eintrag."),
    "maxItems": mark("Das sind zu viele Einträge: höchstens %(expected)s."),
    "uniqueItems": mark("Ein Eintrag steht doppelt da."),
    "minimum": mark("Die Zahl ist zu klein: mindestens %(expected)s."),
    "maximum": mark("Die Zahl ist zu groß: höchstens %(expected)s."),
}
OTHER = mark("Der Wert passt nicht zum Format.")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that breaks the format: where, which rule, a sentence and its values."""

    pointer: str
    rule: str
    sentence: str
    values: Mapping[str, str]

    def text(self) -> str:
        """Return the German sentence; doors translate ``sentence`` and fill ``values``."""
        return self.sentence % self.values


@cache
def read_schema() -> dict[str, Any]:
    """Return the published schema."""
    schema: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return schema


@cache
def _validator() -> "Draft202012Validator":
    return validator_of(read_schema())


def validate(document: Mapping[str, Any]) -> list[Finding]:
    """Return what breaks the format, in the order of the document; nothing means valid."""
    errors = sorted(_validator().iter_errors(document), key=lambda error: list(error.path))
    found = [finding for error in errors for finding in _findings(error)]
    for pointer, limit in CLUSTERS.items():
        value = document.get(pointer[1:])
        is_known = any(finding.pointer == pointer for finding in found)
        if isinstance(value, str) and cluster_count(value) > limit and not is_known:
            found.append(_finding(pointer, "maxLength", "", limit))
    return found[:MOST_FINDINGS]


def _findings(error: "ValidationError") -> list[Finding]:
    pointer = ""
    for segment in error.absolute_path:
        pointer = join(pointer, str(segment))
    rule = str(error.validator)
    if rule == "additionalProperties" and isinstance(error.instance, Mapping):
        known = set((error.schema or {}).get("properties", {}))
        extra = [name for name in error.instance if name not in known]
        return [_finding(join(pointer, name), rule, name, "") for name in extra]
    if rule == "required" and isinstance(error.instance, Mapping):
        missing = [name for name in error.validator_value if name not in error.instance]
        return [_finding(join(pointer, name), rule, name, "") for name in missing[:1]]
    return [_finding(pointer, rule, error.instance, error.validator_value)]


def _finding(pointer: str, rule: str, value: Any, expected: Any) -> Finding:
    values = {"value": str(value)[:80], "expected": str(expected)[:80]}
    return Finding(pointer, rule, SENTENCES.get(rule, OTHER), values)
