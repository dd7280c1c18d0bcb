"""Ground room: figures as SVG text, the same for page and paper. Plain Python, no Django."""

from mehrwert.figures.flow_map import Flow, flow_map
from mehrwert.figures.graph import Arrow, Box, graph
from mehrwert.figures.line_chart import Look, Threshold, line_chart, line_chart_pair
from mehrwert.figures.map_svg import MapPoint, map_svg, map_svg_pair
from mehrwert.figures.palette import PAGE, PAPER, Palette
from mehrwert.figures.series import Points
from mehrwert.figures.sparkline import bar, sparkline
from mehrwert.figures.svg import Naming
from mehrwert.figures.text import number, quantity
from mehrwert.figures.year_lines import year_lines, year_lines_pair

__all__ = [
    "PAGE",
    "PAPER",
    "Arrow",
    "Box",
    "Flow",
    "Look",
    "MapPoint",
    "Naming",
    "Palette",
    "Points",
    "Threshold",
    "bar",
    "flow_map",
    "graph",
    "line_chart",
    "line_chart_pair",
    "map_svg",
    "map_svg_pair",
    "number",
    "quantity",
    "sparkline",
    "year_lines",
    "year_lines_pair",
]
