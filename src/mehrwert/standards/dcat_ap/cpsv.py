"""Public services that solutions serve, as CPSV-AP 3.2.0 describes them: a stub and one relation.

A solution is not a public service. What a solution names by a key of LeiKa or OZG is one; the
municipalities that the solutions come from are the authorities known here.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from mehrwert.catalogue.models import Solution

from . import vocabulary as v
from .mapping import Publisher, german
from .queries import public_profile
from .rdf import Graph, Iri, Text

# lists of public services; tasks in words of our own are none
SCHEMES: Final = {"leika": "LeiKa", "ozg": "OZG"}
# length of an official key → code list of DCAT-AP.de
GEOCODES: Final = {2: "stateKey", 5: "districtKey", 8: "municipalityKey"}
AREA: Final = "atu:atu-type"


@dataclass(slots=True)
class _Service:
    """One public service: what it is called, who is responsible, which solutions serve it."""

    scheme: str
    key: str
    name: str
    authorities: dict[str, str] = field(default_factory=dict)
    solutions: list[Solution] = field(default_factory=list)


@dataclass(frozen=True)
class LeftOutService:
    """A service that cannot be described, and the mandatory property that is unknown."""

    scheme: str
    key: str
    missing: str


def build_services(
    publisher: Publisher, solutions: Iterable[Solution]
) -> tuple[Graph, tuple[LeftOutService, ...]]:
    """Return the services as one graph, and those left out with the reason; nothing is made up."""
    graph, left_out = Graph(), []
    for service in _services(solutions):
        missing = _missing(service)
        if missing:
            left_out.append(LeftOutService(service.scheme, service.key, missing))
        else:
            _add(graph, publisher, service)
    return graph, tuple(left_out)


def _services(solutions: Iterable[Solution]) -> list[_Service]:
    found: dict[tuple[str, str], _Service] = {}
    for solution in solutions:
        profile = public_profile(solution.profile)
        for task in profile.get("tasks") or []:
            if task.get("scheme") not in SCHEMES:
                continue
            at = str(task["scheme"]), str(task["key"])
            service = found.setdefault(at, _Service(*at, str(task.get("name") or "")))
            service.name = service.name or str(task.get("name") or "")
            service.solutions.append(solution)
            _add_authority(service, profile.get("origin") or {})
    return [found[at] for at in sorted(found)]


def _add_authority(service: _Service, origin: dict[str, Any]) -> None:
    key, name = str(origin.get("key") or ""), str(origin.get("name") or "")
    if name and len(key) in GEOCODES:
        service.authorities.setdefault(key, name)


def _missing(service: _Service) -> str:
    if not service.name:
        return "dcterms:title"
    return "" if service.authorities else "cv:hasCompetentAuthority"


def _add(graph: Graph, publisher: Publisher, service: _Service) -> None:
    scheme = SCHEMES[service.scheme]
    authorities = [
        _authority(graph, publisher, key, name) for key, name in sorted(service.authorities.items())
    ]
    text = f"{service.name}: Leistung mit dem Schlüssel {service.key} des Verzeichnisses {scheme}."
    node = graph.add(
        publisher.at(f"leistung-{service.scheme}-{service.key}"),
        "cpsv:PublicService",
        [
            ("dcterms:identifier", Text(service.key)),
            ("dcterms:title", german(service.name)),
            ("dcterms:description", german(text)),
            ("dcterms:language", graph.add(v.GERMAN, "dcterms:LinguisticSystem", [])),
            *[("cv:hasCompetentAuthority", authority) for authority in authorities],
        ],
    )
    for solution in service.solutions:
        graph.add(
            f"urn:uuid:{solution.uuid}",
            "adms:Asset",
            [("dcterms:title", german(solution.name)), ("dcterms:relation", node)],
        )


def _authority(graph: Graph, publisher: Publisher, key: str, name: str) -> Iri:
    area = graph.add(f"{v.GEOCODING}/{GEOCODES[len(key)]}/{key}", AREA, [])
    told: list[tuple[str, Iri | Text | None]] = [
        ("skos:prefLabel", german(name)),
        ("dcterms:identifier", Text(key)),
        ("dcterms:spatial", area),
    ]
    return graph.add(publisher.at(f"behoerde-{key}"), "cv:PublicOrganisation", told)
