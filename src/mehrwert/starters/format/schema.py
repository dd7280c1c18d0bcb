"""The published JSON Schema of packages, and what breaks it, said in German."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mehrwert.base.json_schema import validator_of
from mehrwert.base.marks import mark

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import ValidationError

SCHEMA_FILE = Path(__file__).resolve().parent.parent / "data" / "package.schema.json"
MOST_FINDINGS = 30

# rule → sentence with named placeholders
SENTENCES: dict[str, str] = {
    "additionalProperties": mark("Die Angabe „%(value)s“ kennt das Format nicht."),
    "required": mark("Die Angabe „%(value)s“ fehlt."),
    "type": mark("Hier steht eine andere Art von Wert als erwartet (%(expected)s)."),
    "enum": mark("„%(value)s“ steht nicht in der Liste der erlaubten Werte."),
    "const": mark("Hier muss „%(expected)s“ stehen."),
    "maxLength": mark("Das ist zu lang: höchstens %(expected)s Zeichen."),
    "minLength": mark("Hier fehlt ein Text."),
    "pattern": mark("„%(value)s“ hat nicht die erwartete Form."),
    "format": mark("„%(value)s“ hat nicht die erwartete Form."),
    "minItems": mark("Hier fehlen Einträge: mindestens %(expected)s."),
    "maxItems": mark("Das sind zu viele Einträge: höchstens %(expected)s."),
    "minimum": mark("Die Zahl ist zu klein: mindestens %(expected)s."),
    "exclusiveMinimum": mark("Die Zahl muss größer sein als %(expected)s."),
    "maximum": mark("Die Zahl ist zu groß: höchstens %(expected)s."),
    "missing_file": mark("Die Datei fehlt."),
    "unreadable": mark("Die Datei ist nicht lesbar: %(value)s."),
    "too_big": mark("Die Datei ist zu groß: höchstens %(expected)s Bytes."),
    "too_many_files": mark("Das Paket hat zu viele Dateien: höchstens %(expected)s."),
    "outside": mark("Der Pfad „%(value)s“ führt aus dem Paket hinaus oder ist nicht erlaubt."),
    "undeclared": mark("Die Datei „%(value)s“ steht nicht im Verzeichnis des Pakets."),
    "twice": mark("„%(value)s“ kommt zweimal vor."),
    "digest": mark("Der Inhalt passt nicht zu seiner Prüfsumme."),
    "checksum": mark("Die Prüfsumme des Pakets stimmt nicht."),
    "signature": mark(
        "Die Unterschrift passt nicht zum Inhalt, oder sie stammt von keinem Schlüssel, dem diese"
        " Installation vertraut."
    ),
    "unsigned": mark("Das Paket ist nicht unterschrieben; diese Installation verlangt das."),
    "version": mark("Das Paket braucht Mehrwert %(expected)s."),
    "licence": mark("„%(value)s“ ist keine Lizenz aus der Liste SPDX."),
    "folder": mark("Der Ordner muss heißen wie das Paket: „%(expected)s“."),
    "unknown_key": mark("„%(value)s“ gibt es in diesem Paket nicht."),
    "parameter": mark("Der Parameter „%(value)s“ ist nicht erklärt oder von anderer Art."),
    "default": mark("Der Vorgabewert des Parameters „%(value)s“ ist nicht erlaubt."),
    "one_thing": mark(
        "Eine Kennzahl braucht eine Messstelle, die es nur einmal gibt; „%(value)s“ gibt es je Ort."
    ),
    "device": mark("Den Gerätetyp „%(value)s“ gibt es nicht."),
    "unit": mark("Das Gerät misst „%(value)s“ in einer anderen Einheit (%(expected)s)."),
    "field": mark("„%(value)s“ ist keines der 19 Handlungsfelder."),
    "row": mark("Zeile %(value)s ist nicht verständlich."),
}
OTHER = mark("Der Wert passt nicht zum Format.")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that breaks the format: file and place, which rule, a sentence and its values."""

    where: str
    rule: str
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """Return the German sentence with placeholders; doors translate it."""
        return SENTENCES.get(self.rule, OTHER)

    def text(self) -> str:
        """Return the German sentence with its place."""
        return f"{self.where}: {self.sentence % self.values}"


def found(where: str, rule: str, value: Any = "", expected: Any = "") -> Finding:
    """Return a finding; long values are cut."""
    return Finding(where, rule, {"value": str(value)[:80], "expected": str(expected)[:80]})


@cache
def read_schema() -> dict[str, Any]:
    """Return the published schema."""
    schema: dict[str, Any] = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    return schema


@cache
def _validator(part: str) -> "Draft202012Validator":
    schema = read_schema()
    if part:
        schema = {"$ref": f"#/$defs/{part}", "$defs": schema["$defs"]}
    return validator_of(schema)


def validate(document: Any, where: str, part: str = "") -> list[Finding]:
    """Return what breaks the format, in the order of the document; nothing means valid.

    Args:
        document: The content of a file.
        where: Name of the file.
        part: Definition of the schema that the file follows; empty for the manifest.
    """
    errors = sorted(_validator(part).iter_errors(document), key=lambda error: list(error.path))
    return [finding for error in errors for finding in findings_of(error, where)][:MOST_FINDINGS]


def findings_of(error: "ValidationError", where: str) -> list[Finding]:
    """Return findings for one error of the library."""
    place = "/".join([where, *(str(step) for step in error.absolute_path)])
    rule = str(error.validator)
    if rule == "additionalProperties" and isinstance(error.instance, Mapping):
        known = set((error.schema or {}).get("properties", {}))
        extra = [name for name in error.instance if name not in known]
        return [found(f"{place}/{name}", rule, name) for name in extra]
    if rule == "required" and isinstance(error.instance, Mapping):
        missing = [name for name in error.validator_value if name not in error.instance]
        return [found(f"{place}/{name}", rule, name) for name in missing[:1]]
    return [found(place, rule, error.instance, error.validator_value)]
