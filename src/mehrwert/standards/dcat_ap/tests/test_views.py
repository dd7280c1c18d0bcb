"""The doors ``/dcat/…``: three forms, absolute addresses, open to everybody."""

import pytest
import rdflib
from rdflib import DCAT, RDF
from rdflib.compare import isomorphic

from .factories import make_solution

pytestmark = pytest.mark.django_db
FORMS = {"ttl": "turtle", "rdf": "xml", "jsonld": "json-ld"}


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.mark.parametrize("name", ["catalog", "adms"])
def test_three_forms_of_one_graph(client, name):
    make_solution()
    graphs = []
    for form, parser in FORMS.items():
        response = client.get(f"/dcat/{name}.{form}")
        assert response.status_code == 200
        assert response["Access-Control-Allow-Origin"] == "*"
        graphs.append(rdflib.Graph().parse(data=response.content, format=parser))
    assert all(isomorphic(graphs[0], g) for g in graphs[1:])
    assert len(graphs[0]) > 5


def test_addresses_are_those_of_the_installation(client):
    graph = rdflib.Graph().parse(data=client.get("/dcat/catalog.ttl").content)
    (catalogue,) = graph.subjects(RDF.type, DCAT.Catalog)
    assert str(catalogue) == "http://testserver/dcat/catalog"


def test_other_forms_and_methods_are_refused(client):
    assert client.get("/dcat/catalog.pdf").status_code == 404
    assert client.post("/dcat/catalog.ttl").status_code == 405
