"""Forest plot and effect chart: what is drawn is what was given, readable without colour."""

from dataclasses import replace

from lxml import etree

from mehrwert.figures import PAPER, Look
from mehrwert.figures.effect_chart import EffectLines, effect_chart, effect_chart_pair
from mehrwert.figures.forest import ForestRow, ForestWords, Together, forest_plot

MONTH_S = 2_592_000.0
LINES = EffectLines(
    t=[MONTH_S * n for n in range(6)],
    observed=[10, 11, 10, 8, 7, 8],
    expected=[10, 10, 10, 10, 10, 10],
    low=[10, 10, 10, 9, 9, 9],
    high=[10, 10, 10, 11, 11, 11],
    start=MONTH_S * 2.5,
    start_label="Start <März>",
    names=("gemessen", "erwartet"),
)
LABELS = ForestWords(
    "Titel", "Ein Satz.", "Kommune", "So gemessen", "Wasser", "Gewicht", "Zusammengefasst",
    "neuer Ort", "schlechter", "besser",
)  # fmt: skip
ROWS = [
    ForestRow("Erlbach", "mit Vergleich", 0.3, 0.2, 0.4, 0.6, "−26 %", True),
    ForestRow("Ostheim", "vorher und nachher", 0.05, -0.2, 0.9, 0.4, "−5 %", False),
    ForestRow("Lindenau", "nicht messbar", None, None, None, 0.0, "nicht messbar", False),
]
TICKS = [(-0.3, "+35 %"), (0.0, "0 %"), (0.5, "−39 %")]
ALL = Together((0.1, 0.2, 0.3), (-0.1, 0.4), "−18 %", "−33 bis +10 %", is_sure=False)


def parsed(svg):
    return etree.fromstring(svg)


def drawn(svg, tag):
    return parsed(svg).findall(f".//{{http://www.w3.org/2000/svg}}{tag}")


def test_the_expected_line_is_dashed_and_the_band_begins_at_the_start():
    svg = effect_chart(LINES, title="Wasser", description="Ein Satz.", unit="m³")
    dashes = [path.get("stroke-dasharray") for path in drawn(svg, "path")]
    assert dashes.count("5 4") == 2
    assert svg.count("fill-opacity") == 1
    assert "Start &lt;März&gt;" in svg


def test_a_missing_month_stays_a_gap():
    t = [*LINES.t[:3], *(at + 3 * MONTH_S for at in LINES.t[3:])]
    gap = effect_chart(replace(LINES, t=t), title="t", description="d")
    whole = effect_chart(LINES, title="t", description="d")
    dashed = [
        sum(path.get("stroke-dasharray") == "5 4" for path in drawn(svg, "path"))
        for svg in (gap, whole)
    ]
    assert dashed == [3, 2]


def test_page_and_paper_share_the_drawing():
    pair = effect_chart_pair(LINES, title="t", description="d")
    assert ("mw-wide" in pair, "mw-narrow" in pair, "var(--blue)" in pair) == (True, True, True)
    paper = effect_chart(LINES, title="t", description="d", look=Look(palette=PAPER))
    assert "var(" not in paper
    assert "style=" not in paper


def test_a_forest_says_by_shape_how_it_was_measured():
    svg = forest_plot(ROWS, ALL, TICKS, labels=LABELS)
    squares = drawn(svg, "rect")
    assert len(squares) == 2
    assert squares[0].get("fill") != squares[1].get("fill")
    assert float(squares[0].get("width")) > float(squares[1].get("width"))
    texts = [text.text for text in drawn(svg, "text")]
    assert {"Erlbach", "Zusammengefasst", "neuer Ort", "besser →", "60 %"} <= set(texts)


def test_a_forest_without_synthesis_and_the_narrow_one():
    alone = forest_plot(ROWS, None, TICKS, labels=LABELS)
    assert "Zusammengefasst" not in alone
    narrow = forest_plot(ROWS, ALL, TICKS, labels=LABELS, is_narrow=True)
    assert parsed(narrow).get("viewBox").startswith("0 0 380 ")
    assert parsed(narrow).get("role") == "img"
