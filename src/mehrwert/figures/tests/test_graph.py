"""Boxes and arrows (PF-20)."""

from xml.etree import ElementTree as ET

from mehrwert.figures.graph import Arrow, Box, graph
from mehrwert.figures.svg import Naming

SVG = "{http://www.w3.org/2000/svg}"


def drawn(boxes, arrows):
    return ET.fromstring(graph(boxes, arrows, naming=Naming("Netz", "Wer wen braucht")))


def test_every_box_and_every_arrow_is_drawn_and_text_is_escaped():
    found = drawn([Box(1, "Funk & Netz", 0), Box(2, "Bäume", 1)], [Arrow(2, 1), Arrow(2, 9)])
    assert len(found.findall(f"{SVG}rect")) == 2
    assert len(found.findall(f"{SVG}path")) == 2  # a line and its point
    assert [one.text for one in found.findall(f"{SVG}text")] == ["Funk & Netz", "Bäume"]


def test_columns_go_right_and_boxes_of_one_do_not_touch():
    found = drawn([Box(1, "A", 0), Box(2, "B", 1), Box(3, "C", 1)], [Arrow(2, 1), Arrow(3, 1)])
    edges = [(float(r.get("x")), float(r.get("y"))) for r in found.findall(f"{SVG}rect")]
    assert edges[0][0] < edges[1][0] == edges[2][0]
    assert abs(edges[1][1] - edges[2][1]) >= 58


def test_a_long_title_is_cut_into_two_lines():
    found = drawn([Box(1, "Ein Vorhaben mit einem sehr langen Namen, der nicht passt", 0)], [])
    lines = [one.text for one in found.findall(f"{SVG}text")]
    assert len(lines) == 2
    assert lines[1].endswith("…")


def test_arrows_inside_one_column_stay_in_the_picture():
    found = drawn([Box(1, "A", 0), Box(2, "B", 0)], [Arrow(1, 2, 1)])
    assert found.findall(f"{SVG}path")[0].get("stroke-dasharray") == "7 5"
