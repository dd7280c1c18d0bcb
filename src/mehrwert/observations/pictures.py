"""The figure of a series: title, drawing, and the address of exactly this view."""

from urllib.parse import urlencode

from django.utils.translation import gettext

from mehrwert.figures import PAGE, Look, Palette, line_chart, line_chart_pair
from mehrwert.observations.charting import SECOND_US, Plot
from mehrwert.observations.periods import Step
from mehrwert.observations.wording import aggregation_text, language


def figure_title(plot: Plot) -> str:
    """Return what the figure shows: ``Wasserstand, Mittelwert je Tag``."""
    if plot.step is Step.READINGS:
        return plot.series.name
    per = {
        Step.HOUR: gettext("je Stunde"),
        Step.DAY: gettext("je Tag"),
        Step.WEEK: gettext("je Woche"),
        Step.MONTH: gettext("je Monat"),
    }[plot.step]
    return f"{plot.series.name}, {aggregation_text(plot.series.aggregation)} {per}"


def drawn_figure(plot: Plot, palette: Palette = PAGE) -> str:
    """Draw the plot: a wide and a narrow picture for pages, one with fixed colours for paper."""
    look = Look(palette=palette, language=language(), key=f"m{plot.series.id}")
    draw = line_chart if palette.font else line_chart_pair
    title = figure_title(plot)
    return draw(
        plot.points,
        title=title,
        description=gettext("Verlauf von %(name)s") % {"name": title},
        unit=plot.series.unit_symbol or "",
        look=look,
    )


def query_of_span(plot: Plot) -> str:
    """Return the parameters that show exactly this stretch again, now and later."""
    span = plot.asked.span
    ends = {"von": span.start_us // SECOND_US, "bis": -(-span.end_us // SECOND_US)}
    step = {"stufe": plot.asked.step.value} if plot.asked.step else {}
    return urlencode(ends | step)
