"""The file format ``mehrwert.yml``: its schema, its fields, reading and writing. Plain Python."""

from .fields import BLOCKS, FIELDS, PARTS, PROOFS, Field, field_of, label_of
from .files import Imported, export_text, import_text
from .schema import Finding, read_schema, validate

__all__ = [
    "BLOCKS",
    "FIELDS",
    "PARTS",
    "PROOFS",
    "Field",
    "Finding",
    "Imported",
    "export_text",
    "field_of",
    "import_text",
    "label_of",
    "read_schema",
    "validate",
]
