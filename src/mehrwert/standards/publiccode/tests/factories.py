"""Files to check: one that is right, and ways to make one thing in it wrong."""

from typing import Any

import yaml

LONG = (
    "Die Anwendung liest Pegelstände kleiner Bäche, zeigt sie auf einer Karte und meldet der"
    " Feuerwehr, wenn ein Schwellenwert überschritten wird. Sie läuft auf einem einzelnen"
    " Rechner der Gemeinde."
)


def minimal() -> dict[str, Any]:
    """Return the smallest valid file as data."""
    return {
        "publiccodeYmlVersion": "0",
        "name": "Bachwarner",
        "url": "https://git.example.org/auental/bachwarner",
        "platforms": ["web"],
        "developmentStatus": "stable",
        "softwareType": "standalone/web",
        "description": {
            "de": {
                "shortDescription": "Warnt vor Hochwasser an kleinen Bächen.",
                "longDescription": LONG,
                "features": ["Pegel auf der Karte"],
            }
        },
        "legal": {"license": "EUPL-1.2"},
        "maintenance": {"type": "community", "contacts": [{"name": "Bauhof Auental"}]},
        "localisation": {"localisationReady": True, "availableLanguages": ["de"]},
    }


def full() -> dict[str, Any]:
    """Return a valid file that uses every key that is not deprecated."""
    data = minimal()
    data |= {
        "applicationSuite": "Auental digital",
        "landingURL": "https://bachwarner.example.org",
        "isBasedOn": ["https://git.example.org/other/pegel", "https://git.example.org/more/x"],
        "softwareVersion": "2.1",
        "releaseDate": "2026-04-15",
        "organisation": {"uri": "urn:x-de-ags:99999001", "name": "Auental"},
        "categories": ["data-collection", "other"],
        "usedBy": ["Auental", "Musterstadt"],
        "fundedBy": [{"uri": "https://land.example.org", "name": "Land"}],
        "supports": [{"id": "alias:gdpr"}, {"id": "urn:iso:std:iso:27001"}],
        "roadmap": "https://bachwarner.example.org/plan",
        "intendedAudience": {
            "countries": ["DE"],
            "unsupportedCountries": ["US"],
            "scope": ["environment", "local-authorities"],
        },
        "dependsOn": {
            "open": [{"name": "PostgreSQL", "versionMin": "15", "optional": True}],
            "proprietary": [{"name": "Kartendienst", "version": "3"}],
            "hardware": [{"name": "Pegelsonde", "versionMax": "2"}],
        },
        "IT": {"countryExtensionVersion": "1.0", "piattaforme": {"spid": False}},
    }
    data["description"]["de"] |= {
        "localisedName": "Bachwarner",
        "documentation": "https://docs.example.org",
        "apiDocumentation": "https://docs.example.org/api",
        "screenshots": ["https://bachwarner.example.org/karte.png"],
        "videos": ["https://www.youtube.com/watch?v=00000000000"],
        "awards": ["Bürgerpreis"],
    }
    data["legal"]["mainCopyrightOwner"] = "Auental"
    data["maintenance"] = {
        "type": "contract",
        "contractors": [
            {"name": "Firma", "until": "2027-12-31", "website": "https://firma.example.org"}
        ],
        "contacts": [{"name": "Bauhof", "email": "bauhof@example.org", "phone": "0000"}],
    }
    return data


def written(data: Any) -> bytes:
    """Return data as a YAML file; a text that looks like a number gets quotes."""
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False).encode()


def changed(path: str, value: Any, base: dict[str, Any] | None = None) -> bytes:
    """Return the minimal file with one value set (``a.b.c``); ``...`` removes it."""
    data = minimal() if base is None else base
    *inner, last = path.split(".")
    at = data
    for name in inner:
        at = at.setdefault(name, {})
    if value is ...:
        at.pop(last, None)
    else:
        at[last] = value
    return written(data)
