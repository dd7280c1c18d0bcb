"""Solutions as ADMS-AP assets: everything mandatory, or left out with the reason (CAT-731)."""

import pytest
import rdflib
from rdflib import DCTERMS, RDF

from mehrwert.standards.dcat_ap.adms import LeftOut, build_assets
from mehrwert.standards.dcat_ap.rdf import to_turtle

from .factories import PUBLISHER, make_solution
from .shapes import ADMS_AP
from .test_mapping import violations

pytestmark = pytest.mark.django_db
ADMS = rdflib.Namespace("http://www.w3.org/ns/adms#")


def test_an_asset_has_everything_mandatory():
    solution = make_solution()
    built, left_out = build_assets(PUBLISHER, [solution])
    graph = rdflib.Graph().parse(data=to_turtle(built))
    (asset,) = graph.subjects(RDF.type, ADMS.Asset)
    assert left_out == ()
    assert violations(graph, ADMS_AP) == ""
    assert str(asset) == f"urn:uuid:{solution.uuid}"
    assert str(graph.value(asset, ADMS.status)).endswith("/Completed")
    assert str(graph.value(asset, DCTERMS.license)).endswith("/EUPL-1.2")
    assert "nicht geprüft · Stand 01.05.2024" in str(graph.value(asset, DCTERMS.description))
    assert "Geheim" not in to_turtle(built)


@pytest.mark.parametrize(
    ("profile", "missing"),
    [
        ({"solution_type": "procedure"}, ("dcterms:type",)),
        ({"solution_type": None, "code": None}, ("dcterms:type",)),
        ({"short_description": None}, ("dcterms:description",)),
    ],
)
def test_what_lacks_something_mandatory_is_left_out_with_the_reason(profile, missing):
    solution = make_solution(**profile)
    built, left_out = build_assets(PUBLISHER, [solution])
    assert left_out == (LeftOut("bachwarner", missing),)
    assert f"urn:uuid:{solution.uuid}" not in to_turtle(built)


def test_a_repository_makes_an_untyped_entry_software():
    _, left_out = build_assets(PUBLISHER, [make_solution(solution_type=None)])
    assert left_out == ()


def test_every_mandatory_property_is_demanded():
    built, _ = build_assets(PUBLISHER, [make_solution()])
    graph = rdflib.Graph().parse(data=to_turtle(built))
    graph.remove((None, DCTERMS.type, None))
    assert violations(graph, ADMS_AP) != ""
