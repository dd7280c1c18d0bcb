"""Solutions as assets of ADMS-AP 2.01, for the Interoperable Europe portal.

An entry is left out when a mandatory property is unknown; the reason is returned beside the graph.
"""

from dataclasses import dataclass
from typing import Any, Final

from mehrwert.base.clock import from_us
from mehrwert.catalogue.choices import SolutionType, Status
from mehrwert.catalogue.models import Solution

from . import vocabulary as v
from .mapping import Publisher, add_publisher, day, german
from .queries import label_of, public_profile
from .rdf import Graph, Iri, Text

EIRA: Final = "http://data.europa.eu/dr8"
STATUS: Final = "http://purl.org/adms/status"
_SERVICE: Final = f"{EIRA}/InteroperableEuropeanSolutionService"
# solution type → concept of the European Interoperability Reference Architecture. Procedures and
# places have none: a solution is not a public service.
EIRA_TYPES: Final[dict[str, str]] = {
    SolutionType.SOFTWARE: _SERVICE,
    SolutionType.SAAS: _SERVICE,
    SolutionType.HARDWARE_SOFTWARE: _SERVICE,
}
ADMS_STATUS: Final[dict[str, str]] = {
    Status.IDEA: f"{STATUS}/UnderDevelopment",
    Status.PILOT: f"{STATUS}/UnderDevelopment",
    Status.OPERATION: f"{STATUS}/Completed",
    Status.ENDED: f"{STATUS}/Withdrawn",
}
SPDX: Final = "https://spdx.org/licenses"


@dataclass(frozen=True)
class LeftOut:
    """A solution that cannot be an asset, and which mandatory property is unknown."""

    slug: str
    missing: tuple[str, ...]


def type_of(profile: dict[str, Any]) -> str | None:
    """Return the EIRA concept; a known repository makes a solution software."""
    stated = profile.get("solution_type")
    if stated is None and (profile.get("code") or {}).get("repository_url"):
        stated = SolutionType.SOFTWARE
    return EIRA_TYPES.get(str(stated)) if stated else None


def build_assets(
    publisher: Publisher, solutions: list[Solution]
) -> tuple[Graph, tuple[LeftOut, ...]]:
    """Return all solutions that can be assets as one graph, and those left out with the reason."""
    graph = Graph()
    add_publisher(graph, publisher)
    graph.add(v.GERMANY, "dcterms:Location", [])
    graph.add(v.GERMAN, "dcterms:LinguisticSystem", [])
    left_out = []
    for solution in solutions:
        missing = _missing(solution.profile)
        if missing:
            left_out.append(LeftOut(solution.slug, missing))
        else:
            _add_asset(graph, publisher, solution)
    return graph, tuple(left_out)


def _missing(profile: dict[str, Any]) -> tuple[str, ...]:
    values = {
        "dcterms:title": profile.get("name"),
        "dcterms:description": profile.get("description") or profile.get("short_description"),
        "dcterms:type": type_of(profile),
    }
    return tuple(name for name, value in values.items() if not value)


def _add_asset(graph: Graph, publisher: Publisher, solution: Solution) -> None:
    profile = public_profile(solution.profile)
    code = profile.get("code") or {}
    licence, version = code.get("licence"), code.get("software_version")
    page = f"{publisher.base}/loesungen/{solution.slug}/"
    status = ADMS_STATUS.get(solution.status)
    kind = graph.add(str(type_of(profile)), "skos:Concept", [])
    text = profile.get("description") or profile.get("short_description")
    note = label_of(solution)
    graph.add(
        f"urn:uuid:{solution.uuid}",
        "adms:Asset",
        [
            ("dcterms:identifier", Text(f"urn:uuid:{solution.uuid}")),
            ("dcterms:title", german(str(profile["name"]))),
            ("dcterms:description", german(f"{text} ({note})" if note else str(text))),
            ("dcterms:publisher", Iri(publisher.at("publisher"))),
            ("dcat:contactPoint", Iri(publisher.at("contact"))),
            ("dcterms:type", kind),
            ("adms:status", graph.add(status, "skos:Concept", []) if status else None),
            ("dcterms:language", Iri(v.GERMAN)),
            ("dcterms:spatial", Iri(v.GERMANY)),
            ("dcterms:modified", day(from_us(solution.changed_us).date())),
            ("dcat:landingPage", graph.add(page, "foaf:Document", [])),
            ("owl:versionInfo", Text(str(version)) if version else None),
            ("dcterms:license", _licence(graph, str(licence)) if licence else None),
            *[("dcat:keyword", german(f)) for f in profile.get("fields_of_action") or []],
            *[("dcterms:relation", Iri(u)) for u in _related(profile)],
        ],
    )


def _licence(graph: Graph, identifier: str) -> Iri | None:
    """Return the SPDX page of one licence; an expression has no single page."""
    if " " in identifier:
        return None
    return graph.add(f"{SPDX}/{identifier}", "dcterms:LicenseDocument", [])


def _related(profile: dict[str, Any]) -> list[str]:
    given = profile.get("based_on") or []
    return [str(u) for u in given if str(u).startswith(("http://", "https://", "urn:"))]
