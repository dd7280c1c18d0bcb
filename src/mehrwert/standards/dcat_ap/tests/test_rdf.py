"""The three written forms of a graph hold the same statements, as rdflib reads them (CAT-721)."""

import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib.compare import isomorphic

from mehrwert.standards.dcat_ap.rdf import Graph, Iri, Text, to_json_ld, to_turtle, to_xml

TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from('\n\t"\\<&>'))


def read(graph: Graph) -> list[rdflib.Graph]:
    forms = (("turtle", to_turtle), ("xml", to_xml), ("json-ld", to_json_ld))
    return [rdflib.Graph().parse(data=write(graph), format=name) for name, write in forms]


@settings(max_examples=40, deadline=None)
@given(TEXTS, st.sampled_from(["", "de", "en"]), st.text(max_size=10))
def test_any_text_and_address_survives(text, language, path):
    graph = Graph()
    other = graph.add(f"https://example.org/{path}", "foaf:Document", [])
    graph.add(
        "https://example.org/x#y",
        "dcat:Dataset",
        [
            ("dcterms:title", Text(text, language)),
            ("dcterms:issued", Text("2026-01-02", datatype="xsd:date")),
            ("dcat:landingPage", other),
            ("dcterms:license", None),
        ],
    )
    turtle, xml, json_ld = read(graph)
    assert len(turtle) == 5
    assert isomorphic(turtle, xml)
    assert isomorphic(turtle, json_ld)
    said = {str(o).replace("\r", "\n") for o in turtle.objects(predicate=rdflib.DCTERMS.title)}
    assert said == {text}


def test_a_statement_counts_once():
    graph = Graph()
    for _ in range(2):
        graph.add("urn:a:b", "skos:Concept", [("skos:prefLabel", Text("a"))])
    assert len(graph.subjects["urn:a:b"]) == 2


def test_addresses_are_escaped():
    assert Iri('https://example.org/a b"<ä').value == "https://example.org/a%20b%22%3C%C3%A4"
