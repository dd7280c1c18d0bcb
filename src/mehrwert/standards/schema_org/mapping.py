"""A solution as schema.org says it, with the terms of the CodeMeta crosswalk (CAT-751).

What has no term there ("used by", "nobody checked this") stands in our own namespace. A missing
value is left out; a person is never named.
"""

import json
from typing import Any, Final

from mehrwert.base.clock import from_us
from mehrwert.catalogue.choices import EntryOrigin, SolutionType
from mehrwert.catalogue.models import Solution

# solution type → class; code adds SoftwareSourceCode, an unknown type is only a creative work
CLASSES: Final[dict[str, str]] = {
    SolutionType.SOFTWARE: "SoftwareApplication",
    SolutionType.SAAS: "SoftwareApplication",
    SolutionType.HARDWARE_SOFTWARE: "Product",
    SolutionType.PROCEDURE: "Service",
    SolutionType.PLACE_OR_OFFER: "Service",
}
SPDX: Final = "https://spdx.org/licenses/"
AGS: Final = "AGS"


def context(base: str) -> dict[str, str]:
    """Return where the terms come from."""
    return {
        "@vocab": "https://schema.org/",
        "codemeta": "https://w3id.org/codemeta/3.0/",
        "mehrwert": f"{base}/terms#",
    }


def describe(solution: Solution, base: str) -> dict[str, Any]:
    """Return a solution as JSON-LD.

    Args:
        solution: A public solution.
        base: Public address of the installation without a slash at the end.
    """
    profile = solution.profile
    code = profile.get("code") or {}
    page = f"{base}/loesungen/{solution.slug}/"
    stated = profile.get("solution_type") or (SolutionType.SOFTWARE if code else None)
    told: dict[str, Any] = {
        "@context": context(base),
        "@id": page,
        "@type": CLASSES.get(str(stated), "CreativeWork"),
        "identifier": f"urn:uuid:{solution.uuid}",
        "url": page,
        "name": profile.get("name"),
        "description": profile.get("short_description") or profile.get("description"),
        "keywords": [*(profile.get("fields_of_action") or []), *(profile.get("features") or [])],
        "dateModified": from_us(solution.changed_us).date().isoformat(),
        "provider": _organisation(profile.get("origin") or {}),
        "mehrwert:status": solution.status or None,
        "mehrwert:unverified": True if solution.entry_origin == EntryOrigin.IMPORTED else None,
        "subjectOf": _source_code(code),
    }
    if told["@type"] == "SoftwareApplication":
        told |= {
            "softwareVersion": code.get("software_version"),
            "operatingSystem": ", ".join(code.get("platforms") or []) or None,
            "license": _licence(code.get("licence")),
        }
    return without_unknown(told)


def _source_code(code: dict[str, Any]) -> dict[str, Any] | None:
    """Return the source code with the terms of CodeMeta, None without a repository."""
    if not code.get("repository_url"):
        return None
    return without_unknown(
        {
            "@type": "SoftwareSourceCode",
            "codeRepository": code["repository_url"],
            "license": _licence(code.get("licence")),
            "version": code.get("software_version"),
            "dateModified": code.get("release_date"),
            "targetProduct": code.get("platforms"),
            "codemeta:developmentStatus": code.get("development_status"),
        }
    )


def _organisation(origin: dict[str, Any]) -> dict[str, Any] | None:
    if not origin.get("name"):
        return None
    key = origin.get("key")
    identifier = {"@type": "PropertyValue", "propertyID": AGS, "value": key} if key else None
    told = {"@type": "GovernmentOrganization", "name": origin["name"], "identifier": identifier}
    return without_unknown(told)


def _licence(identifier: str | None) -> str | None:
    """Return the page of one licence, an expression of several as it is."""
    if not identifier:
        return None
    return identifier if " " in identifier else SPDX + identifier


def without_unknown(told: dict[str, Any]) -> dict[str, Any]:
    """Return the statements that have a value; 0 and false are values."""
    return {name: value for name, value in told.items() if value not in (None, "", [], {})}


def to_script(told: dict[str, Any]) -> str:
    """Return JSON that cannot end the element it stands in."""
    text = json.dumps(told, ensure_ascii=False)
    for sign, escaped in (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026")):
        text = text.replace(sign, escaped)
    return text
