"""A small graph of statements and its three written forms: Turtle, RDF/XML, JSON-LD.

Every node has an address, so all forms hold the same graph; order is kept, output is stable.
"""

import json
import re
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

PREFIXES: Final = {
    "adms": "http://www.w3.org/ns/adms#",
    "atu": "http://data.europa.eu/88u/dataset/",
    "cpsv": "http://purl.org/vocab/cpsv#",
    "cv": "http://data.europa.eu/m8g/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dcatde": "http://dcat-ap.de/def/dcatde/",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "http://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_UNSAFE = "!#$%&'()*+,/:;=?@[]~-._"
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")


@dataclass(frozen=True)
class Iri:
    """An address; characters that an address may not hold are escaped."""

    value: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "value", quote(self.value, safe=_UNSAFE))


@dataclass(frozen=True)
class Text:
    """A text with a language, or with a type (a short name such as ``xsd:date``)."""

    value: str
    language: str = ""
    datatype: str = ""


Node = Iri | Text


def iri(short: str) -> Iri:
    """Return the address of a short name: ``dcat:Dataset``."""
    prefix, _, name = short.partition(":")
    return Iri(PREFIXES[prefix] + name)


@dataclass
class Graph:
    """Statements by subject, in the order they were added; a repeated one counts once."""

    subjects: dict[str, list[tuple[str, Node]]] = field(default_factory=dict)

    def add(self, subject: str, kind: str, statements: list[tuple[str, Node | None]]) -> Iri:
        """Add a thing of a kind; None is left out. Returns its address.

        Args:
            subject: Its address.
            kind: Short name of its class.
            statements: Pairs of a short name (``dcterms:title``) and a value.
        """
        at = Iri(subject)
        rows = self.subjects.setdefault(at.value, [])
        for predicate, value in [("rdf:type", iri(kind)), *statements]:
            if value is not None and (predicate, value) not in rows:
                rows.append((predicate, value))
        return at


def _turtle_text(text: Text) -> str:
    body = text.value.replace("\\", "\\\\").replace('"', '\\"')
    body = body.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")
    tail = f"@{text.language}" if text.language else f"^^{text.datatype}" if text.datatype else ""
    return f'"{body}"{tail}'


def _turtle_node(node: Node) -> str:
    if isinstance(node, Text):
        return _turtle_text(node)
    for prefix, start in PREFIXES.items():
        if node.value.startswith(start) and _NAME.fullmatch(node.value[len(start) :]):
            return f"{prefix}:{node.value[len(start) :]}"
    return f"<{node.value}>"


def to_turtle(graph: Graph) -> str:
    """Return the graph as Turtle."""
    lines = [f"@prefix {name}: <{start}> ." for name, start in PREFIXES.items()]
    for subject, rows in graph.subjects.items():
        told = [f"{'a' if p == 'rdf:type' else p} {_turtle_node(v)}" for p, v in rows]
        lines.append(f"\n<{subject}>\n    " + " ;\n    ".join(told) + " .")
    return "\n".join(lines) + "\n"


def to_xml(graph: Graph) -> str:
    """Return the graph as RDF/XML."""
    spaces = "".join(f"\n  xmlns:{name}={quoteattr(s)}" for name, s in PREFIXES.items())
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f"<rdf:RDF{spaces}>"]
    for subject, rows in graph.subjects.items():
        lines.append(f"  <rdf:Description rdf:about={quoteattr(subject)}>")
        lines += [f"    {_xml_row(predicate, value)}" for predicate, value in rows]
        lines.append("  </rdf:Description>")
    return "\n".join([*lines, "</rdf:RDF>"]) + "\n"


def _xml_row(predicate: str, value: Node) -> str:
    if isinstance(value, Iri):
        return f"<{predicate} rdf:resource={quoteattr(value.value)}/>"
    attribute = ""
    if value.language:
        attribute = f" xml:lang={quoteattr(value.language)}"
    elif value.datatype:
        attribute = f" rdf:datatype={quoteattr(iri(value.datatype).value)}"
    return f"<{predicate}{attribute}>{escape(value.value)}</{predicate}>"


def to_json_ld(graph: Graph) -> str:
    """Return the graph as JSON-LD: one list of things, short names in the context."""
    things = [_json_thing(subject, rows) for subject, rows in graph.subjects.items()]
    return json.dumps({"@context": PREFIXES, "@graph": things}, ensure_ascii=False, indent=1) + "\n"


def _json_thing(subject: str, rows: list[tuple[str, Node]]) -> dict[str, Any]:
    thing: dict[str, Any] = {"@id": subject}
    for predicate, value in rows:
        if predicate == "rdf:type" and isinstance(value, Iri):
            thing.setdefault("@type", []).append(value.value)
        else:
            thing.setdefault(predicate, []).append(_json_node(value))
    return thing


def _json_node(value: Node) -> dict[str, str]:
    if isinstance(value, Iri):
        return {"@id": value.value}
    told = {"@value": value.value}
    if value.language:
        told["@language"] = value.language
    if value.datatype:
        told["@type"] = iri(value.datatype).value
    return told
