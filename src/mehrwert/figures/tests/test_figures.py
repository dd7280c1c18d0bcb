"""Figures are well-formed, named, free of styles, and honest about gaps."""

import math
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from lxml import etree

from mehrwert.figures import (
    PAPER,
    Look,
    MapPoint,
    Points,
    Threshold,
    bar,
    line_chart,
    line_chart_pair,
    map_svg,
    number,
    quantity,
    sparkline,
)
from mehrwert.figures.axes import time_ticks, value_ticks
from mehrwert.figures.text import clock, day

SVG = "{http://www.w3.org/2000/svg}"
BERLIN = ZoneInfo("Europe/Berlin")
START = datetime(2026, 7, 15, 22, 0, tzinfo=UTC).timestamp()
SQUARE = {"type": "Polygon", "coordinates": [[[7, 51], [7.2, 51], [7.2, 51.1], [7, 51.1], [7, 51]]]}


def hours(values):
    return Points(t=[START + 3600 * i for i in range(len(values))], mean=values)


def drawn(svg):
    return etree.fromstring(svg)


def lines(svg):
    return [p for p in drawn(svg).iter(f"{SVG}path") if p.get("stroke-width") == "1.8"]


@pytest.mark.parametrize(
    ("value", "places", "german", "english"),
    [
        (1234.5, 1, "1.234,5", "1,234.5"),
        (-3.2, None, "−3,2", "−3.2"),
        (-0.001, 1, "0,0", "0.0"),
        (8240, None, "8.240", "8,240"),
        (1.4200, None, "1,42", "1.42"),
        (None, None, "–", "–"),
        (math.nan, 2, "–", "–"),
    ],
)
def test_numbers_are_written_as_people_write_them(value, places, german, english):
    assert number(value, places) == german
    assert number(value, places, language="en") == english


def test_a_unit_never_stands_alone_on_the_next_line():
    assert quantity(1.42, "m") == "1,42\u00a0m"
    assert quantity(None, "m") == "–"


def test_dates_and_times_in_words():
    moment = datetime(2026, 7, 16, 14, 5, tzinfo=UTC)
    assert day(moment) == "16.\u00a0Juli 2026"
    assert clock(moment) == "14:05\u00a0Uhr"
    assert clock(moment, language="en") == "14:05"


@pytest.mark.parametrize(("low", "high"), [(0, 1), (-3, 7), (0.61, 1.42), (5, 5), (1e6, 3e6)])
def test_value_ticks_are_round_and_enclose_the_data(low, high):
    ticks = value_ticks(low, high)
    assert ticks[0] <= low
    assert ticks[-1] >= high
    assert 2 <= len(ticks) <= 9


@pytest.mark.parametrize("days", [0.2, 1, 3, 10, 35, 90, 400, 730, 3650])
def test_time_ticks_stay_inside_and_stay_few(days):
    ticks = time_ticks(START, START + days * 86400, zone=BERLIN)
    assert 1 <= len(ticks) <= 14
    assert all(START <= tick.at_s <= START + days * 86400 for tick in ticks)


def test_hour_ticks_keep_local_hours_over_the_change_to_winter_time():
    start = datetime(2026, 10, 24, 22, tzinfo=UTC).timestamp()
    labels = [t.label for t in time_ticks(start, start + 25 * 3600, zone=BERLIN)]
    assert labels[0] == "25.10."
    assert labels[-1] == "26.10."


def test_a_chart_has_name_description_and_no_style():
    svg = line_chart(hours([1.0, 2.0, 3.0]), title="Pegel <A>", description="Er stieg.", unit="m")
    root = drawn(svg)
    assert root.get("role") == "img"
    assert root.find(f"{SVG}title").text == "Pegel <A>"
    assert root.find(f"{SVG}desc").text == "Er stieg."
    assert "style=" not in svg


def test_a_gap_stays_a_gap():
    whole = line_chart(hours([1.0, 2.0, 3.0, 4.0]), title="a", description="b")
    broken = line_chart(hours([1.0, 2.0, None, 3.0, 4.0]), title="a", description="b")
    assert len(lines(whole)) == 1
    assert len(lines(broken)) == 2


def test_thinning_keeps_the_peak():
    values = [1.0] * 5000
    values[2500] = 9.0
    svg = line_chart(hours(values), title="a", description="b", look=Look(max_points=100))
    assert len(svg) < 12_000
    band = next(p for p in drawn(svg).iter(f"{SVG}path") if p.get("fill-opacity"))
    top = min(float(pair.split()[1]) for pair in band.get("d").strip("MZ").split("L"))
    assert top < 60


def test_on_paper_colours_are_fixed_and_the_font_is_named():
    svg = line_chart(hours([1, 2]), title="a", description="b", look=Look(palette=PAPER))
    assert "var(" not in svg
    assert "Fira Sans" in svg


def test_a_pair_has_different_ids_and_a_threshold_its_name():
    svg = line_chart_pair(
        hours([1, 2]), title="a", description="b", thresholds=[Threshold(1.8, "Alarm 1,80 m")]
    )
    ids = [e.get("id") for e in drawn(f"<div>{svg}</div>").iter() if e.get("id")]
    assert len(ids) == len(set(ids)) == 4
    assert svg.count("Alarm 1,80 m") == 2


@pytest.mark.parametrize("points", [Points([], []), Points([START], [None]), hours([5.0])])
def test_nearly_nothing_still_draws(points):
    assert drawn(line_chart(points, title="a", description="b")) is not None


def test_sparkline_and_bar_are_decoration():
    assert drawn(sparkline([1, None, 3], target=2)) is not None
    assert 'aria-hidden="true"' in sparkline([1, 2]) + bar(0.4)
    assert sparkline([None]) == ""


def test_a_map_marks_states_by_shape_and_writes_few_names():
    boundaries = {
        "features": [{"geometry": SQUARE, "properties": {"kind": "own", "name": "Auental"}}]
    }
    states = [
        MapPoint(7.05, 51.05, "Pegel", "1,42 m"),
        MapPoint(7.1, 51.02, "Baum", state="late"),
        MapPoint(7.15, 51.08, "K09 & <b>", state="silent"),
    ]
    svg = map_svg(boundaries, states, title="Karte", description="Drei Messstellen.")
    root = drawn(svg)
    assert len(list(root.iter(f"{SVG}circle"))) == 1
    assert "Pegel, 1,42 m" in svg
    many = map_svg(boundaries, states * 10, title="Karte", description="Viele.")
    assert len(list(drawn(many).iter(f"{SVG}text"))) == 0


def bars(values):
    starts = [START + 3600 * i for i in range(len(values))]
    return Points(starts, values, ends=[t + 3600 for t in starts])


def test_amounts_are_bars_from_zero_and_missing_ones_leave_room():
    svg = drawn(line_chart(bars([10.0, None, 30.0]), title="Zählung", description="Summe"))
    (path,) = [p for p in svg.iter(f"{SVG}path") if p.get("fill") == "var(--blue)"]
    pieces = path.get("d").split("z")[:-1]
    bottoms = {piece.split("V")[0].split(" ")[1] for piece in pieces}
    assert len(pieces) == 2
    assert len(bottoms) == 1


def test_amounts_that_are_all_missing_draw_no_bar():
    svg = line_chart(bars([None, math.nan]), title="Zählung", description="Summe")
    assert "var(--blue)" not in svg


def places(count, **more):
    return [MapPoint(7 + i / 1000, 51, f"P{i}", "1 m", **more) for i in range(count)]


def test_many_places_become_small_marks_one_path_per_state():
    points = [*places(70), *places(30, state="silent")]
    svg = map_svg(None, points, title="Karte", description="Orte")
    assert svg.count("<path") == 2
    assert "P7" not in svg


def test_a_rough_place_has_a_dashed_ring_and_an_ended_one_an_open_circle():
    rough = map_svg(None, places(1, is_approximate=True), title="Karte", description="Orte")
    ended = map_svg(None, places(1, state="closed"), title="Karte", description="Orte")
    assert 'stroke-dasharray="3 3"' in rough
    assert 'fill="#fff" stroke="#56667a"' in ended
    assert "stroke-dasharray" not in ended


def test_two_maps_on_a_page_have_ids_of_their_own():
    first = map_svg(None, [], title="Karte", description="Orte")
    second = map_svg(None, [], title="Karte", description="Orte", key="klein")
    ids = [{e.get("id") for e in drawn(svg).iter() if e.get("id")} for svg in (first, second)]
    assert ids[0] & ids[1] == set()
