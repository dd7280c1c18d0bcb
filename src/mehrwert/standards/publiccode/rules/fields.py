"""Every key of publiccode.yml 0.7 with its rule; the table to read when a rule is in doubt.

Source: the publiccode.yml standard 0.7.0 and the verdicts of its reference parser 5.4.3.
Conditions between keys (contacts, contractors, country sections) stand in ``conditions.py``.
"""

from typing import Final

from ..choices import (
    ITALIAN_EXTENSION_VERSIONS,
    DevelopmentStatus,
    MaintenanceType,
    SoftwareType,
)
from . import values
from .shapes import ByLanguage, Flag, Items, Section, Shape, Text

_TEXT: Final = Text()
_WEB: Final = Text((values.http_url,))
_MAIL: Final = Text((values.mail,))
_DROP: Final = "deprecated_drop"

_DEPENDENCY: Final = Section(
    {
        "name": Text(required=True),
        "versionMin": _TEXT,
        "versionMax": _TEXT,
        "optional": Flag(),
        "version": _TEXT,
    }
)
_ORGANISATION: Final = Section(
    {"uri": Text((values.organisation_uri,), required=True), "name": _TEXT}
)
_CONTRACTOR: Final = Section(
    {
        "name": Text(required=True),
        "until": Text((values.day,), required=True),
        "email": _MAIL,
        "website": _WEB,
    }
)
_CONTACT: Final = Section(
    {"name": Text(required=True), "email": _MAIL, "affiliation": _TEXT, "phone": _TEXT}
)
_DESCRIPTION: Final = Section(
    {
        "localisedName": _TEXT,
        "genericName": Text((values.at_most(35),), deprecated=_DROP),
        "shortDescription": Text((values.at_most(150),), required=True),
        "longDescription": Text((values.at_least(150), values.at_most(10_000)), required=True),
        "documentation": _WEB,
        "apiDocumentation": _WEB,
        "features": Items(_TEXT, least=1),
        "screenshots": Items(Text(file="screenshot")),
        "videos": Items(Text((values.http_url, values.video))),
        "awards": Items(_TEXT),
    },
    required=True,
)
_ITALY: Final = Section(
    {
        "countryExtensionVersion": Text((values.one_of(ITALIAN_EXTENSION_VERSIONS),)),
        "conforme": Section(
            {
                "lineeGuidaDesign": Flag(),
                "modelloInteroperabilita": Flag(),
                "misureMinimeSicurezza": Flag(),
                "gdpr": Flag(),
            }
        ),
        "riuso": Section({"codiceIPA": _TEXT}),
        "piattaforme": Section(
            {name: Flag() for name in ("spid", "pagopa", "cie", "anpr", "io")},
        ),
    }
)
_COUNTRIES: Final = Items(Text((values.country,)))

FIELDS: Final[dict[str, Shape]] = {
    "publiccodeYmlVersion": _TEXT,
    "name": Text(required=True),
    "applicationSuite": _TEXT,
    "url": Text((values.url,), required=True),
    "landingURL": _WEB,
    "isBasedOn": Items(Text((values.url,)), or_single=True),
    "softwareVersion": _TEXT,
    "releaseDate": Text((values.day,)),
    "logo": Text(file="logo"),
    "monochromeLogo": Text(file="logo", deprecated="deprecated_logo"),
    "organisation": _ORGANISATION,
    "inputTypes": Items(Text((values.media_type,)), deprecated=_DROP),
    "outputTypes": Items(Text((values.media_type,)), deprecated=_DROP),
    "platforms": Items(_TEXT, least=1),
    "categories": Items(Text((values.category,))),
    "usedBy": Items(_TEXT),
    "fundedBy": Items(_ORGANISATION),
    "supports": Items(Section({"id": Text((values.support_id,), required=True)})),
    "roadmap": _WEB,
    "developmentStatus": Text((values.one_of(DevelopmentStatus),), required=True),
    "softwareType": Text((values.one_of(SoftwareType),), required=True),
    "intendedAudience": Section(
        {
            "scope": Items(Text((values.scope,))),
            "countries": _COUNTRIES,
            "unsupportedCountries": _COUNTRIES,
        }
    ),
    "description": ByLanguage(_DESCRIPTION),
    "legal": Section(
        {
            "license": Text((values.licence,), required=True),
            "mainCopyrightOwner": _TEXT,
            "repoOwner": Text(deprecated="deprecated_owner"),
            "authorsFile": Text(file="authors", deprecated=_DROP),
        },
        required=True,
    ),
    "maintenance": Section(
        {
            "type": Text((values.one_of(MaintenanceType),), required=True),
            "contractors": Items(_CONTRACTOR),
            "contacts": Items(_CONTACT),
        },
        required=True,
    ),
    "localisation": Section(
        {
            "localisationReady": Flag(required=True),
            "availableLanguages": Items(Text((values.language,)), required=True, least=1),
        },
        required=True,
    ),
    "dependsOn": Section(
        {kind: Items(_DEPENDENCY) for kind in ("open", "proprietary", "hardware")},
    ),
    "IT": _ITALY,
    "it": _ITALY,
}
