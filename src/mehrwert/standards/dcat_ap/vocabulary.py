"""Addresses of the code lists that DCAT-AP.de and ADMS-AP prescribe."""

from typing import Final

EU: Final = "http://publications.europa.eu/resource/authority"
GERMAN: Final = f"{EU}/language/DEU"
GERMANY: Final = f"{EU}/country/DEU"
THEMES: Final = f"{EU}/data-theme"
FILE_TYPES: Final = f"{EU}/file-type"
MEDIA_TYPES: Final = "https://www.iana.org/assignments/media-types"
SHA256: Final = "http://spdx.org/rdf/terms#checksumAlgorithm_sha256"

LICENCES: Final = "http://dcat-ap.de/def/licenses"
CC_ZERO: Final = f"{LICENCES}/cc-zero"
DL_BY: Final = f"{LICENCES}/dl-by-de/2.0"
LICENCE_TITLES: Final = {
    CC_ZERO: "Creative Commons CC Zero License (cc-zero)",
    DL_BY: "Datenlizenz Deutschland Namensnennung 2.0",
}

CONTRIBUTORS: Final = "http://dcat-ap.de/def/contributors"
GEOCODING: Final = "http://dcat-ap.de/def/politicalGeocoding"
FEDERAL: Final = f"{GEOCODING}/Level/federal"
# the sixteen Länder: the catalogue speaks of municipalities in all of them
LAENDER: Final = tuple(f"{GEOCODING}/stateKey/{n:02d}" for n in range(1, 17))

# theme → label, as the EU list of data themes says it in German
THEME_LABELS: Final = {
    "ECON": "Wirtschaft und Finanzen",
    "EDUC": "Bildung, Kultur und Sport",
    "ENER": "Energie",
    "ENVI": "Umwelt",
    "GOVE": "Regierung und öffentlicher Sektor",
    "HEAL": "Gesundheit",
    "JUST": "Justiz, Rechtssystem und öffentliche Sicherheit",
    "REGI": "Regionen und Städte",
    "SOCI": "Bevölkerung und Gesellschaft",
    "TECH": "Wissenschaft und Technologie",
    "TRAN": "Verkehr",
}
