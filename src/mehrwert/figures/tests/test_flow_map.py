"""Arrows between places (TRF-112)."""

from xml.etree import ElementTree as ET

from mehrwert.figures.flow_map import Flow, flow_map
from mehrwert.figures.svg import Naming

SVG = "{http://www.w3.org/2000/svg}"
A, B = (7.0, 51.0), (9.0, 53.0)


def drawn(*flows):
    text = flow_map({"features": []}, flows, naming=Naming("Netz", "Wer von wem"))
    return ET.fromstring(text)


def test_what_is_not_proven_is_drawn_without_arrow():
    """TRF-105: an unproven origin is drawn without arrow."""
    found = drawn(Flow(A, "A & B", start=B), Flow(B, "B"))
    assert len(found.findall(f".//{SVG}circle")) == 2
    assert len(found.findall(f"{SVG}path")) == 2  # one curve and its point
    assert [t.text for t in found.findall(f"{SVG}g/{SVG}title")] == ["A & B", "B"]


def test_a_place_that_learns_from_itself_has_no_arrow():
    assert drawn(Flow(A, "A", start=A)).findall(f"{SVG}path") == []
