"""publiccode.yml ↔ profile of the catalogue. The one place where both names meet."""

from dataclasses import dataclass
from typing import Any, Final

from mehrwert.catalogue.choices import FIELD_BY_CODE, Status

from .choices import EXPORT_VERSION, DevelopmentStatus, MaintenanceType
from .redaction import to_yaml, without_addresses

# our proposal for German municipalities, not registered
GERMAN_URN: Final = "urn:x-de-ags:"
AGS_DIGITS: Final = 8
STATUS_FOR_EXPORT: Final[dict[str, str]] = {
    Status.IDEA: DevelopmentStatus.CONCEPT.value,
    Status.PILOT: DevelopmentStatus.BETA.value,
    Status.OPERATION: DevelopmentStatus.STABLE.value,
    Status.ENDED: DevelopmentStatus.OBSOLETE.value,
}
LOCAL: Final = "local-authorities"
OTHER: Final = "other"


@dataclass(frozen=True)
class Export:
    """A file for a profile, or what is missing: pointers into the profile."""

    text: str
    missing: tuple[str, ...] = ()


def profile_of(data: dict[str, Any], address: str = "") -> dict[str, Any]:
    """Return what a file says about a solution, as part of a profile.

    Only German texts are taken over. Personal data are never part of a profile.

    Args:
        data: The cleaned data of a file.
        address: Where the file lies.
    """
    german = _german(data.get("description") or {})
    code = {
        "repository_url": data.get("url"),
        "licence": (data.get("legal") or {}).get("license"),
        "publiccode_url": address or None,
        "development_status": data.get("developmentStatus"),
        "software_type": data.get("softwareType"),
        "platforms": data.get("platforms"),
        "software_version": data.get("softwareVersion"),
        "release_date": data.get("releaseDate"),
    }
    found = {
        "name": german.get("localisedName") or data.get("name"),
        "short_description": german.get("shortDescription"),
        "description": german.get("longDescription"),
        "features": german.get("features"),
        "languages": (data.get("localisation") or {}).get("availableLanguages"),
        "solution_type": "software",
        "based_on": data.get("isBasedOn"),
        "code": {k: v for k, v in code.items() if v},
    }
    return {k: _clean(v) for k, v in found.items() if v}


def _german(descriptions: dict[str, Any]) -> dict[str, Any]:
    """Return the German description, {} without one."""
    tags = sorted(descriptions, key=lambda t: (t.lower() != "de", t))
    return next((descriptions[t] for t in tags if t.lower().split("-")[0] == "de"), {})


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return without_addresses(value)
    return [_clean(v) for v in value] if isinstance(value, list) else value


def export_of(profile: dict[str, Any], used_by: list[str]) -> Export:
    """Return the publiccode.yml of a profile in the order of the standard.

    Nothing is invented: a profile that lacks a mandatory value gives the list of what is missing.

    Args:
        profile: The profile of a solution.
        used_by: Names of municipalities that declare live use.
    """
    code = profile.get("code") or {}
    contact = profile.get("contact") or {}
    status = code.get("development_status") or _status(profile)
    wanted = {
        "/name": profile.get("name"),
        "/code/repository_url": code.get("repository_url"),
        "/code/platforms": code.get("platforms"),
        "/code/development_status": status,
        "/code/software_type": code.get("software_type"),
        "/short_description": profile.get("short_description"),
        "/description": profile.get("description"),
        "/features": profile.get("features"),
        "/code/licence": code.get("licence"),
        "/contact/unit": contact.get("unit"),
        "/languages": profile.get("languages"),
    }
    missing = tuple(pointer for pointer, value in wanted.items() if not value)
    if missing:
        return Export("", missing)
    data = {
        **_code_data(profile, code),
        "usedBy": used_by,
        "developmentStatus": status,
        "softwareType": code["software_type"],
        **_text_data(profile),
        "legal": {"license": code["licence"]},
        "maintenance": {"type": MaintenanceType.INTERNAL.value, "contacts": [_contact(contact)]},
        "localisation": {
            "localisationReady": len(profile["languages"]) > 1,
            "availableLanguages": profile["languages"],
        },
    }
    return Export(to_yaml({k: v for k, v in data.items() if v}))


def _code_data(profile: dict[str, Any], code: dict[str, Any]) -> dict[str, Any]:
    return {
        "publiccodeYmlVersion": EXPORT_VERSION,
        "name": profile["name"],
        "url": code["repository_url"],
        "isBasedOn": [u for u in profile.get("based_on") or [] if u.startswith("http")],
        "softwareVersion": code.get("software_version"),
        "releaseDate": code.get("release_date"),
        "platforms": code["platforms"],
        "organisation": _organisation(profile.get("origin") or {}),
        "categories": [OTHER],
    }


def _text_data(profile: dict[str, Any]) -> dict[str, Any]:
    german = {
        "shortDescription": profile["short_description"],
        "longDescription": profile["description"],
        "features": profile["features"],
    }
    audience = {"countries": ["DE"], "scope": _scopes(profile)}
    return {"intendedAudience": audience, "description": {"de": german}}


def _status(profile: dict[str, Any]) -> str:
    """Return the development status that follows from the state of the solution."""
    return str(STATUS_FOR_EXPORT.get(str(profile.get("status")), ""))


def _organisation(origin: dict[str, Any]) -> dict[str, str] | None:
    key = str(origin.get("key") or "")
    if len(key) != AGS_DIGITS:
        return None
    return {"uri": GERMAN_URN + key, "name": str(origin.get("name") or "")}


def _contact(contact: dict[str, Any]) -> dict[str, str]:
    """Return unit and mailbox; a person is never exported."""
    mailbox = contact.get("functional_mailbox")
    named = {"name": str(contact["unit"])}
    return {**named, "email": str(mailbox)} if mailbox else named


def _scopes(profile: dict[str, Any]) -> list[str]:
    fields = profile.get("fields_of_action") or []
    scopes = {FIELD_BY_CODE[f].scope for f in fields if f in FIELD_BY_CODE} - {""}
    return [*sorted(scopes), LOCAL]
