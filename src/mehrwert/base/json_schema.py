"""JSON Schema, loaded when the first document is checked: the library takes 15 MB."""

import sys
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator

# compiles 38 grammars when it is around, three seconds and 20 MB, for formats that nobody checks
UNUSED_FORMATS = "rfc3987_syntax"


@cache
def _draft_2020_12() -> "type[Draft202012Validator]":
    sys.modules.setdefault(UNUSED_FORMATS, None)  # type: ignore[arg-type]
    from jsonschema import Draft202012Validator

    found: type[Draft202012Validator] = Draft202012Validator
    return found


def validator_of(schema: Any) -> "Draft202012Validator":
    """Return what checks documents against a schema of draft 2020-12; formats are not checked."""
    return _draft_2020_12()(schema)
