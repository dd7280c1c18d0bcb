"""Years over each other: newest stands out, gaps stay gaps, every colour has a name beside it."""

from xml.etree import ElementTree as ET

from mehrwert.figures import PAPER, Look, year_lines, year_lines_pair

SVG = "{http://www.w3.org/2000/svg}"
LOOK = Look(palette=PAPER)


def drawn(years, look=LOOK):
    return ET.fromstring(
        year_lines(years, title="Temperatur", description="Verlauf", unit="°C", look=look)
    )


def lines(picture):
    return [e for e in picture.iter(f"{SVG}path") if e.get("stroke-linejoin")]


def test_one_line_per_year_the_newest_on_top_and_named():
    years = {2024: [1.0] * 12, 2025: [2.0] * 12, 2026: [3.0] * 6 + [None] * 6}
    picture = drawn(years)
    assert [e.get("stroke") for e in lines(picture)] == [PAPER.ink_3, PAPER.ink_3, PAPER.blue]
    texts = [e.text for e in picture.iter(f"{SVG}text")]
    assert {"2024", "2025", "2026", "°C", "Jan", "Dez"} <= set(texts)


def test_a_month_without_value_is_a_gap_and_a_lone_one_a_dot():
    year = [1.0, 2.0, None, 4.0, None, None, None, None, None, 10.0, 11.0, 12.0]
    picture = drawn({2026: year})
    assert len(lines(picture)) == 2
    assert len(list(picture.iter(f"{SVG}circle"))) == 1


def test_names_at_the_same_height_do_not_cover_each_other():
    picture = drawn({year: [5.0] * 12 for year in range(2020, 2027)})
    spots = [
        float(e.get("y")) for e in picture.iter(f"{SVG}text") if (e.text or "").startswith("202")
    ]
    assert len(spots) == 4
    assert min(b - a for a, b in zip(sorted(spots), sorted(spots)[1:], strict=False)) >= 15


def test_nothing_is_a_frame_and_the_pair_has_a_narrow_one():
    assert not lines(drawn({}))
    pair = year_lines_pair({2026: [1.0] * 12}, title="T", description="", look=Look())
    assert pair.count("<svg") == 2
    assert 'class="mw-narrow"' in pair
