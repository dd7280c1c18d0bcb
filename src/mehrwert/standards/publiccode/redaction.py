"""A copy of a file that names no person (CAT-715, CAT-807).

Names, mail addresses and phone numbers of contacts go; organisations stay. Mail addresses and
phone numbers in any text go as well. A valid file stays valid.
"""

import re
from typing import Any, Final

import yaml

CONTACT: Final = "Kontakt über das Repository"
REMOVED: Final = "[entfernt]"
# a shorter name may be a part of any word
SHORTEST_NAME: Final = 5
FIRST_LINE: Final = "# Kopie ohne personenbezogene Angaben; das Original liegt im Repository.\n"
_MAIL = re.compile(r"[\w.+-]+\s?(?:@|\(at\)|\[at\])\s?[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
_PHONE = re.compile(
    r"(?<![\w/.-])(?:\+\d{1,3}[\d ()/.-]{6,}\d|\(?0\d{2,5}\)?\s?[/ -]\s?\d[\d -]{3,}\d)(?![\w.])"
)
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://\S+|urn:\S+", re.IGNORECASE)


def without_person(data: dict[str, Any]) -> dict[str, Any]:
    """Return the data of a file without persons, also where a text repeats the name of one."""
    names = _names_of_contacts(data)
    clean: dict[str, Any] = _clean(data, names)
    maintenance = clean.get("maintenance")
    if isinstance(maintenance, dict):
        for kind in ("contacts", "contractors"):
            if isinstance(maintenance.get(kind), list):
                maintenance[kind] = [_entry(kind, e) for e in maintenance[kind]]
    return clean


def _entry(kind: str, entry: Any) -> Any:
    """Return a contact or contractor without what leads to a person."""
    if not isinstance(entry, dict):
        return {"name": CONTACT}
    kept = {k: v for k, v in entry.items() if k not in {"email", "phone"}}
    return {**kept, "name": CONTACT} if kind == "contacts" else kept


def _names_of_contacts(data: dict[str, Any]) -> list[str]:
    """Return the names of contacts, longest first, but not those of the software and its owners."""
    contacts = (data.get("maintenance") or {}).get("contacts")
    entries = [c for c in contacts if isinstance(c, dict)] if isinstance(contacts, list) else []
    owners = {
        str(data.get("name") or ""),
        str((data.get("legal") or {}).get("mainCopyrightOwner") or ""),
        str((data.get("organisation") or {}).get("name") or ""),
    }
    names = {str(c.get("name") or "").strip() for c in entries} - owners
    return sorted((n for n in names if len(n) >= SHORTEST_NAME), key=len, reverse=True)


def _clean(value: Any, names: list[str]) -> Any:
    if isinstance(value, dict):
        return {key: _clean(inner, names) for key, inner in value.items()}
    if isinstance(value, list):
        return [_clean(inner, names) for inner in value]
    if not isinstance(value, str) or _ADDRESS.fullmatch(value):
        return value
    for name in names:
        value = value.replace(name, REMOVED)
    return without_addresses(value)


def without_addresses(text: str) -> str:
    """Return a text without mail addresses and phone numbers; web addresses stay."""
    if _ADDRESS.fullmatch(text):
        return text
    return _PHONE.sub(REMOVED, _MAIL.sub(REMOVED, text))


class _Dumper(yaml.SafeDumper):
    """Writes what YAML 1.1 and 1.2 read the same way, without aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        """Write everything out."""
        return True


def to_yaml(data: dict[str, Any]) -> str:
    """Return data as YAML in its order; texts that look like something else get quotes."""
    return yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100)


def public_text(data: dict[str, Any]) -> str:
    """Return the copy that may be shown."""
    return FIRST_LINE + to_yaml(without_person(data))
