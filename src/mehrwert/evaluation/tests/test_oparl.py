"""The OParl draft against the properties of OParl 1.1 (own transcription of names and types)."""

import hashlib
import json
from datetime import UTC, datetime

import jsonschema
import pytest

from mehrwert.evaluation.council_paper import DraftFile, Times, oparl_paper

from .paper_samples import EMPTY, facts

TEXT, ADDRESS = {"type": "string", "minLength": 1}, {"type": "string", "pattern": "^https?://"}
MOMENT = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$"}
ADDRESSES = {"type": "array", "items": ADDRESS, "minItems": 1}


def schema(name, properties, required=("id", "type")):
    return {
        "type": "object",
        "required": list(required),
        "properties": {
            "id": ADDRESS,
            "type": {"const": f"https://schema.oparl.org/1.1/{name}"},
            **properties,
        },
        "patternProperties": {"^mehrwert:": {}},
        "additionalProperties": False,
    }


FILE = schema(
    "File",
    {
        "name": TEXT, "fileName": TEXT, "mimeType": TEXT, "size": {"type": "integer"},
        "date": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"},
        "sha512Checksum": {"type": "string", "pattern": "^[0-9a-f]{128}$"}, "accessUrl": ADDRESS,
    },
    required=("id", "type", "accessUrl"),
)  # fmt: skip
CONSULTATION = schema(
    "Consultation",
    {"organization": ADDRESSES, "authoritative": {"type": "boolean"}, "role": TEXT},
)
PAPER = schema(
    "Paper",
    {
        "name": TEXT, "reference": TEXT, "paperType": TEXT, "underDirectionOf": ADDRESSES,
        "date": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"}, "mainFile": FILE,
        "consultation": {"type": "array", "items": CONSULTATION, "minItems": 1},
        "created": MOMENT, "modified": MOMENT,
    },
)  # fmt: skip
ADDRESS_OF_DRAFT = "https://mehrwert.example/oparl/draft/paper/1"
PDF = DraftFile("123-2027.pdf", b"%PDF", access_url="https://mehrwert.example/paper/1.pdf")


@pytest.mark.parametrize("given", [facts(), EMPTY])
def test_the_draft_has_only_properties_of_the_standard_or_our_prefix(given):
    """DOC-221, DOC-222."""
    draft = oparl_paper(given, address=ADDRESS_OF_DRAFT, file=PDF)
    jsonschema.validate(draft, PAPER)
    assert draft["mehrwert:state"] == "draft"


def test_the_file_is_named_with_its_checksum():
    draft = oparl_paper(facts(), address=ADDRESS_OF_DRAFT, file=PDF)
    assert draft["mainFile"]["sha512Checksum"] == hashlib.sha512(b"%PDF").hexdigest()
    assert draft["consultation"][1]["authoritative"] is True
    assert draft["paperType"] == "Beschlussvorlage"


def test_unknown_fields_are_left_out_not_sent_empty():
    draft = oparl_paper(EMPTY, address=ADDRESS_OF_DRAFT)
    assert "reference" not in draft
    assert '""' not in json.dumps(draft)


def test_a_paper_that_is_not_public_names_no_address_of_its_file():
    """DOC-223."""
    from dataclasses import replace

    given = facts()
    secret = replace(given, head=replace(given.head, is_public=False))
    assert "mainFile" not in oparl_paper(secret, address=ADDRESS_OF_DRAFT, file=PDF)


def test_the_draft_says_when_it_was_begun_and_changed():
    begun = datetime(2027, 3, 1, 9, 30, tzinfo=UTC)
    draft = oparl_paper(facts(), address=ADDRESS_OF_DRAFT, times=Times(created=begun))
    jsonschema.validate(draft, PAPER)
    assert draft["created"] == "2027-03-01T09:30:00+00:00"
    assert "modified" not in draft
