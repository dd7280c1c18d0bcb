"""A draft of an OParl 1.1 ``Paper``, for a person to import into the council system (DOC-221).

Names of people never occur; what is unknown is left out, not sent empty.
"""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext, override

from mehrwert.evaluation.council_paper.facts import Consultation, PaperFacts
from mehrwert.evaluation.council_paper.sections import KIND_NAMES

SCHEMA = "https://schema.oparl.org/1.1"


@dataclass(frozen=True, slots=True)
class DraftFile:
    """The PDF that belongs to the draft; ``access_url`` only where it may be fetched."""

    name: str
    content: bytes
    media_type: str = "application/pdf"
    access_url: str = ""


@dataclass(frozen=True, slots=True)
class Times:
    """When the paper was begun and last changed, aware; None where nobody knows."""

    created: datetime | None = None
    modified: datetime | None = None


def oparl_paper(
    facts: PaperFacts,
    *,
    address: str,
    lead_organization: str = "",
    file: DraftFile | None = None,
    times: Times | None = None,
) -> dict[str, Any]:
    """Return the draft as JSON values.

    Args:
        facts: The paper.
        address: Absolute address of this draft.
        lead_organization: OParl address of the lead unit, if known.
        file: The PDF. It is named only where it has an address and the paper is public (DOC-223).
        times: ``created`` and ``modified``, which every object of OParl may carry.
    """
    head, known = facts.head, times or Times()
    with override("de"):
        kind = gettext(KIND_NAMES[head.kind])
    draft = {
        "id": address,
        "type": f"{SCHEMA}/Paper",
        "name": head.title,
        "reference": head.number,
        "date": head.created.isoformat(),
        "paperType": kind,
        "underDirectionOf": [lead_organization] if lead_organization else [],
        "consultation": [
            _consultation(one, f"{address}/consultation/{number}")
            for number, one in enumerate(facts.consultations, 1)
        ],
        "mainFile": _file(file, address, head.created)
        if file and file.access_url and head.is_public
        else None,
        "created": known.created.isoformat(timespec="seconds") if known.created else None,
        "modified": known.modified.isoformat(timespec="seconds") if known.modified else None,
        "mehrwert:state": "draft",
    }
    return _without_gaps(draft)


def _consultation(one: Consultation, name: str) -> dict[str, Any]:
    return _without_gaps(
        {
            "id": name,
            "type": f"{SCHEMA}/Consultation",
            "organization": [one.organization] if one.organization else [],
            "authoritative": one.is_authoritative,
            "role": one.role,
            "mehrwert:body": one.body,
        }
    )


def _file(file: DraftFile, address: str, day: date) -> dict[str, Any]:
    return _without_gaps(
        {
            "id": f"{address}/file",
            "type": f"{SCHEMA}/File",
            "name": "Vorlage",
            "fileName": file.name,
            "mimeType": file.media_type,
            "date": day.isoformat(),
            "size": len(file.content),
            "sha512Checksum": hashlib.sha512(file.content).hexdigest(),
            "accessUrl": file.access_url,
        }
    )


def _without_gaps(given: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in given.items() if value not in (None, "", [], {})}
