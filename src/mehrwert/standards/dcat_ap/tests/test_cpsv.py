"""Public services that solutions serve: a valid stub and one relation (CAT-741)."""

import os
from pathlib import Path

import pytest
import rdflib
from rdflib import DCTERMS, RDF
from rdflib.compare import isomorphic

from mehrwert.standards.dcat_ap.cpsv import LeftOutService, build_services
from mehrwert.standards.dcat_ap.rdf import to_json_ld, to_turtle, to_xml

from .factories import PUBLISHER, make_solution
from .shapes import CPSV_AP
from .test_mapping import violations

pytestmark = pytest.mark.django_db
CPSV = rdflib.Namespace("http://purl.org/vocab/cpsv#")
CV = rdflib.Namespace("http://data.europa.eu/m8g/")
OFFICIAL = Path(os.environ.get("MEHRWERT_CPSV_SHAPES", "/nonexistent"))
ORIGIN = {"key": "99999001", "level": "gemeinde", "name": "Musterstadt"}
PARKING = {"scheme": "leika", "key": "99108008001000", "name": "Bewohnerparkausweis"}


def services(*tasks, origin=ORIGIN):
    solution = make_solution(tasks=list(tasks), origin=origin)
    built, left_out = build_services(PUBLISHER, [solution])
    return solution, built, left_out


def read(built) -> rdflib.Graph:
    return rdflib.Graph().parse(data=to_turtle(built))


def test_a_service_has_everything_mandatory_and_one_relation_leads_to_it():
    """A task in words of our own is no public service, and a solution is none either."""
    own = {"scheme": "own", "key": "baeume", "name": "Bäume gießen"}
    solution, built, left_out = services(PARKING, own)
    graph = read(built)
    (service,) = graph.subjects(RDF.type, CPSV.PublicService)
    assert left_out == ()
    assert violations(graph, CPSV_AP) == ""
    assert str(graph.value(service, DCTERMS.identifier)) == PARKING["key"]
    assert list(graph.subject_objects(DCTERMS.relation)) == [
        (rdflib.URIRef(f"urn:uuid:{solution.uuid}"), service)
    ]
    (authority,) = graph.objects(service, CV.hasCompetentAuthority)
    assert str(graph.value(authority, DCTERMS.spatial)).endswith("/municipalityKey/99999001")


@pytest.mark.parametrize(
    ("task", "origin", "missing"),
    [
        ({**PARKING, "name": ""}, ORIGIN, "dcterms:title"),
        (PARKING, {"name": "Musterstadt"}, "cv:hasCompetentAuthority"),
    ],
)
def test_what_lacks_something_mandatory_is_left_out_with_the_reason(task, origin, missing):
    _, built, left_out = services({k: v for k, v in task.items() if v}, origin=origin)
    assert left_out == (LeftOutService("leika", PARKING["key"], missing),)
    assert "PublicService" not in to_turtle(built).partition("\n\n")[2]


@pytest.mark.parametrize(
    "path", [DCTERMS.identifier, DCTERMS.title, DCTERMS.description, CV.hasCompetentAuthority]
)
def test_every_mandatory_property_is_demanded(path):
    graph = read(services(PARKING)[1])
    graph.remove((None, path, None))
    assert violations(graph, CPSV_AP) != ""


def test_the_three_forms_hold_the_same_statements(client):
    built = services(PARKING)[1]
    graph = read(built)
    assert isomorphic(graph, rdflib.Graph().parse(data=to_xml(built), format="xml"))
    assert isomorphic(graph, rdflib.Graph().parse(data=to_json_ld(built), format="json-ld"))
    assert "cpsv:PublicService" in client.get("/dcat/cpsv.ttl").content.decode()
    assert client.get("/dcat/cpsv.exe").status_code == 404


@pytest.mark.skipif(not OFFICIAL.is_file(), reason="MEHRWERT_CPSV_SHAPES names no official shapes")
def test_the_official_shapes_find_nothing():
    graph = read(services(PARKING)[1])
    assert violations(graph, OFFICIAL.read_text(encoding="utf-8")) == ""
