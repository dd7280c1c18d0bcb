"""The catalogue meets DCAT-AP.de 3.0 and 2.0 with its conventions (CAT-721, CAT-722, CAT-723)."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
import rdflib
from pyshacl import validate
from rdflib import DCAT, DCTERMS, RDF
from rdflib.compare import isomorphic

from mehrwert.standards.dcat_ap.choices import DATASETS
from mehrwert.standards.dcat_ap.mapping import build_catalogue
from mehrwert.standards.dcat_ap.queries import Dump, DumpFile
from mehrwert.standards.dcat_ap.rdf import to_json_ld, to_turtle, to_xml

from .factories import PUBLISHER
from .shapes import CONTRIBUTOR, DCAT_AP_DE

DCATDE = rdflib.Namespace("http://dcat-ap.de/def/dcatde/")
FILES = tuple(
    DumpFile(f"{d.name}.{ending}", "ab" * 32, 10) for d in DATASETS for ending in ("csv", "jsonl")
)
DUMP = Dump(datetime(2026, 11, 25, 2, 30, tzinfo=UTC), FILES)
SINCE = date(2026, 11, 24)


def graph(publisher=PUBLISHER, dump=DUMP) -> rdflib.Graph:
    return rdflib.Graph().parse(data=to_turtle(build_catalogue(publisher, dump, SINCE)))


def violations(data: rdflib.Graph, shapes: str) -> str:
    conforms, _, text = validate(data, shacl_graph=rdflib.Graph().parse(data=shapes))
    return "" if conforms else text


def test_one_catalogue_four_datasets_one_service():
    found = graph()
    assert len(set(found.subjects(RDF.type, DCAT.Catalog))) == 1
    assert len(set(found.subjects(RDF.type, DCAT.Dataset))) == 4
    assert len(set(found.subjects(RDF.type, DCAT.DataService))) == 1
    assert len(set(found.subjects(RDF.type, DCAT.Distribution))) == 8


def test_the_three_forms_are_the_same_graph():
    built = build_catalogue(PUBLISHER, DUMP, SINCE)
    xml = rdflib.Graph().parse(data=to_xml(built), format="xml")
    json_ld = rdflib.Graph().parse(data=to_json_ld(built), format="json-ld")
    assert isomorphic(graph(), xml)
    assert isomorphic(graph(), json_ld)


def test_no_violation_of_the_shapes():
    assert violations(graph(), DCAT_AP_DE) == ""
    assert violations(graph(), CONTRIBUTOR) == ""
    assert violations(graph(dump=None), DCAT_AP_DE) == ""


def test_without_a_contributor_the_catalogue_says_that_it_is_not_for_govdata():
    """CAT-723."""
    found = graph(replace(PUBLISHER, contributor=""))
    assert violations(found, DCAT_AP_DE) == ""
    assert not list(found.subject_objects(DCATDE.contributorID))
    (catalogue,) = found.subjects(RDF.type, DCAT.Catalog)
    assert "Nicht für GovData" in str(found.value(catalogue, DCTERMS.description))
    assert "Nicht für GovData" not in to_turtle(build_catalogue(PUBLISHER, DUMP, SINCE))


@pytest.mark.parametrize(
    "predicate",
    [
        DCTERMS.title,
        DCTERMS.publisher,
        DCTERMS.license,
        DCAT.contactPoint,
        DCAT.theme,
        DCATDE.politicalGeocodingURI,
    ],
)
def test_our_shapes_notice_what_is_missing(predicate):
    found = graph()
    found.remove((None, predicate, None))
    assert violations(found, DCAT_AP_DE) != ""


def test_our_shapes_notice_a_foreign_licence_and_a_second_contributor():
    found = graph()
    file = next(found.subjects(RDF.type, DCAT.Distribution))
    found.set((file, DCTERMS.license, rdflib.URIRef("https://example.org/licence")))
    assert violations(found, DCAT_AP_DE) != ""
    found = graph()
    dataset = next(found.subjects(RDF.type, DCAT.Dataset))
    second = rdflib.URIRef("http://dcat-ap.de/def/contributors/second")
    found.add((dataset, DCATDE.contributorID, second))
    assert violations(found, CONTRIBUTOR) != ""


def test_a_web_page_may_be_the_contact():
    found = graph(replace(PUBLISHER, contact="https://daten.auental.example/impressum/"))
    assert violations(found, DCAT_AP_DE) == ""
