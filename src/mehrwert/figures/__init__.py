"""Ground room: figures as SVG text, the same for page and paper. Plain Python, no Django."""

from mehrwert.figures.line_chart import Look, Threshold, line_chart, line_chart_pair
from mehrwert.figures.map_svg import MapPoint, map_svg, map_svg_pair
from mehrwert.figures.palette import PAGE, PAPER, Palette
from mehrwert.figures.series import Points
from mehrwert.figures.sparkline import bar, sparkline
from mehrwert.figures.text import number, quantity

__all__ = [
    "PAGE",
    "PAPER",
    "Look",
    "MapPoint",
    "Palette",
    "Points",
    "Threshold",
    "bar",
    "line_chart",
    "line_chart_pair",
    "map_svg",
    "map_svg_pair",
    "number",
    "quantity",
    "sparkline",
]
