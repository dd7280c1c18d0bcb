"""The fields of a profile in the order of the schema: pages, forms and differences follow it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from mehrwert.catalogue.profile.schema import read_schema
from mehrwert.catalogue.rules.pointers import join

HIDDEN = frozenset({"provenance", "unmapped", "mehrwert_version", "id", "sources"})


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a profile.

    Args:
        pointer: Where it stands.
        german: What people call it.
        english: The same in English.
        block: Block of the page it belongs to.
        kind: ``text``, ``long``, ``list``, ``choice``, ``choices``, ``number``, ``url`` or
            ``records``.
        choices: Value → (German, English) where the list is closed.
        hint: (German, English) words beside the input, may be empty.
        most: Longest text, 0 without limit.
    """

    pointer: str
    german: str
    english: str
    block: str
    kind: str
    choices: Mapping[str, tuple[str, str]]
    hint: tuple[str, str] = ("", "")
    most: int = 0

    def label(self, language: str) -> str:
        """Return the name in a language."""
        return self.english if language == "en" else self.german


def _fields(properties: Mapping[str, Any], pointer: str = "", block: str = "") -> Iterator[Field]:
    for name, schema in properties.items():
        if not pointer and name in HIDDEN:
            continue
        here, its_block = join(pointer, name), schema.get("x-block", block)
        names = (str(schema.get("title", name)), str(schema.get("x-title-en", name)))
        if schema.get("type") == "object" and name not in {"origin", "ended", "adoption"}:
            is_proof = its_block == "trust" and pointer
            if not is_proof:
                yield from _fields(schema["properties"], here, its_block)
                continue
        yield Field(
            here,
            *names,
            its_block,
            _kind(schema),
            _choices(schema),
            (str(schema.get("description", "")), str(schema.get("x-description-en", ""))),
            int(schema.get("maxLength", 0)),
        )


def _kind(schema: Mapping[str, Any]) -> str:
    kind = schema.get("type")
    if "oneOf" in schema or "enum" in schema:
        return "choice"
    if kind == "array":
        items = schema["items"]
        if "oneOf" in items:
            return "choices"
        return "records" if items.get("type") == "object" else "list"
    if kind == "object" or kind is None:
        return "records"
    if kind == "boolean" or isinstance(kind, list):
        return "number"
    if schema.get("format") == "uri":
        return "url"
    return "long" if int(schema.get("maxLength", 0)) > 200 else "text"


def _choices(schema: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    listed = schema.get("oneOf") or (schema.get("items") or {}).get("oneOf") or []
    found = {
        str(item["const"]): (item["title"], item.get("x-title-en", item["title"]))
        for item in listed
    }
    return found or {str(value): (str(value), str(value)) for value in schema.get("enum", [])}


FIELDS: tuple[Field, ...] = tuple(_fields(read_schema()["properties"]))
# block → (German, English), in the order of the page
BLOCKS: dict[str, tuple[str, str]] = {
    name: (german, english) for name, german, english in read_schema()["x-blocks"]
}
# parts of the fields that a page shows as one value and a form asks one by one
PARTS: tuple[Field, ...] = tuple(
    part
    for name, block in (("ended", "maturity"), ("adoption", "records"))
    for part in _fields(read_schema()["properties"][name]["properties"], f"/{name}", block)
)
# the documents of the block "trust", each with state, address, day and reason (CAT-208)
PROOFS: tuple[str, ...] = tuple(read_schema()["properties"]["trust"]["properties"])
PROOF_PARTS: tuple[Field, ...] = tuple(
    part
    for name in PROOFS
    for part in _fields(
        read_schema()["properties"]["trust"]["properties"][name]["properties"],
        f"/trust/{name}",
        "trust",
    )
)
_BY_POINTER = {field.pointer: field for field in (*FIELDS, *PARTS, *PROOF_PARTS)}


def field_of(pointer: str) -> Field | None:
    """Return the field a pointer lies in: the field itself or the one that holds it."""
    while pointer:
        if pointer in _BY_POINTER:
            return _BY_POINTER[pointer]
        pointer = pointer.rpartition("/")[0]
    return None


def label_of(pointer: str, language: str) -> str:
    """Return what people call a field; the pointer itself where the schema does not know it."""
    field = field_of(pointer)
    return field.label(language) if field else pointer.strip("/").replace("/", " · ")
