"""What lies ahead, in words: the funding cliff, lead times, what is switched off."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from mehrwert.base.http import rounded
from mehrwert.figures import Arrow, Box, Naming, graph
from mehrwert.figures.text import NBSP, number
from mehrwert.portfolio import queries
from mehrwert.portfolio.choices import POSITION_LABELS
from mehrwert.portfolio.choices.financing import LEVEL_LABELS
from mehrwert.portfolio.choices.indicators import DEPENDENCY_LABELS
from mehrwert.portfolio.models import Project, Replacement
from mehrwert.portfolio.presenting.dashboard import cliff_view
from mehrwert.portfolio.presenting.words import day_words, euro, language
from mehrwert.portfolio.queries import CliffLine, DependencyGraph, Split
from mehrwert.portfolio.rules.financing import Cliff
from mehrwert.portfolio.rules.leadtime import LeadTime
from mehrwert.portfolio.rules.periods import months_later

ALARM_MONTHS = 18


def percent(share: Decimal) -> str:
    """Return ``75 %``."""
    return f"{number(float(share * 100), language=language())}{NBSP}%"


def counts(one: Replacement, today: date) -> bool:
    """Say whether a replacement counts: confirmed and its day is over (PF-154)."""
    return bool(one.confirmed_by) and one.off_on <= today


def cliff_table(lines: Sequence[CliffLine], found: Cliff, today: date) -> dict[str, Any]:
    """Return the years as columns with their sum, and the warning."""
    return {
        **cliff_view(found),
        "columns": [str(year) for year in found.by_year],
        "n_unknown": sum(line.lost[0][1] is None for line in lines),
    }


def cliff_line(line: CliffLine, today: date) -> dict[str, Any]:
    """Return one funding of the calendar."""
    row = line.funding
    return {
        "row": row,
        "percent": percent(row.share),
        "ends": day_words(row.ends_on),
        "committed": day_words(row.committed_until) if row.committed_until else "",
        "lost": [(str(year), euro(lost)) for year, lost in line.lost],
        "is_alarm": is_alarm(line, today),
        "decided": day_words(row.decided_on) if row.decided_on else "",
    }


def is_alarm(line: CliffLine, today: date) -> bool:
    """Say whether money ends within 18 months, to the day, and nobody said what then (TRF-408)."""
    row = line.funding
    return row.decided_on is None and row.ends_on < months_later(today, ALARM_MONTHS)


def cliff_csv_row(line: CliffLine, today: date) -> list[Any]:
    """Return one funding for the file."""
    row = line.funding
    return [
        row.project.title,
        row.programme,
        row.ends_on.isoformat(),
        row.committed_until.isoformat() if row.committed_until else "",
        f"{row.share:.4f}".replace(".", ","),
        row.decided_on.isoformat() if row.decided_on else "",
        row.decision,
        "ja" if is_alarm(line, today) else "nein",
        *("" if eur is None else rounded(eur) for _year, eur in line.lost),
    ]


def lead_line(one: LeadTime) -> dict[str, Any]:
    """Return the lead time of one gate with its trend."""
    trend = one.trend
    if trend is None:
        words = gettext("noch kein Vergleich mit dem Vorjahr")
    elif abs(trend) < 1:
        words = gettext("wie im Vorjahr")
    elif trend < 0:
        words = gettext("%(n)s Tage schneller als im Vorjahr") % {"n": _days(-trend)}
    else:
        words = gettext("%(n)s Tage langsamer als im Vorjahr") % {"n": _days(trend)}
    return {
        "n": one.n,
        "days": gettext("%(n)s Tage") % {"n": _days(one.days)} if one.days is not None else "–",
        "trend": words if one.n else gettext("noch keines durchschritten"),
        "is_slower": trend is not None and trend >= 1,
    }


def _days(value: float) -> str:
    return number(value, 0, language=language())


def replacement_line(one: Replacement, today: date) -> dict[str, Any]:
    """Return something old with its amount and whether that counts yet."""
    return {
        "row": one,
        "euro": euro(one.yearly_eur),
        "counts": counts(one, today),
        "state": _replacement_state(one, today),
    }


def _replacement_state(one: Replacement, today: date) -> str:
    if counts(one, today):
        return gettext("zählt")
    if one.confirmed_by:
        return gettext("zählt ab diesem Tag")
    return gettext("noch nicht bestätigt")


def replaced_view(
    rows: Sequence[Replacement], today: date, url_of: Callable[[Project], str]
) -> dict[str, Any]:
    """Return everything old that is switched off, and what of it counts today (PF-71, PF-154)."""
    return {
        "lines": [{**replacement_line(one, today), "url": url_of(one.project)} for one in rows],
        "sum": euro(sum((one.yearly_eur for one in rows if counts(one, today)), Decimal(0))),
        "later": euro(sum((one.yearly_eur for one in rows if not counts(one, today)), Decimal(0))),
    }


def replaced_words(project: Project | None) -> list[str]:
    """Return what a project switches off in return, one line each with day and euros (TRF-409)."""
    if project is None:
        return []
    today = timezone.localdate()
    return [
        gettext("%(name)s, ab %(day)s: %(euro)s im Jahr, %(state)s")
        % {
            "name": one.name,
            "day": day_words(one.off_on),
            "euro": euro(one.yearly_eur),
            "state": _replacement_state(one, today),
        }
        for one in queries.list_replacements(project)
    ]


def replaced_csv_row(one: Replacement, today: date) -> list[Any]:
    """Return something old for the file."""
    return [
        one.project.title,
        one.name,
        one.off_on.isoformat(),
        rounded(one.yearly_eur),
        one.confirmed_by,
        "ja" if counts(one, today) else "nein",
    ]


def graph_svg(found: DependencyGraph) -> SafeString | None:
    """Return the drawing of who needs whom, None without dependencies (PF-20)."""
    if not found.edges:
        return None
    kinds = list(DEPENDENCY_LABELS)
    boxes = [Box(pk, row.title, found.steps[pk]) for pk, row in found.projects.items()]
    arrows = [Arrow(e.project_id, e.target_id, kinds.index(e.kind)) for e in found.edges]
    naming = Naming(
        gettext("Was voneinander abhängt"),
        gettext("Links steht, was nichts anderes braucht. Die Tabelle darunter sagt dasselbe."),
        key="netz-bild",
    )
    return mark_safe(graph(boxes, arrows, naming=naming))  # noqa: S308 (drawn by figures)


def positions_of(project: Project) -> list[tuple[str, str]]:
    """Return positions of the cost sheet with a yearly amount, to be chosen from."""
    sheet = queries.read_sheet(project)
    lines = queries.list_lines(sheet) if sheet else {}
    return [
        (pos.value, f"{gettext(POSITION_LABELS[pos])}: {euro(line.yearly)}")
        for pos, line in lines.items()
        if line.yearly
    ]


def split_values(found: Split | None) -> dict[str, Any]:
    """Return what the form opens with."""
    if found is None:
        return {}
    names = [name for level in LEVEL_LABELS for name in (level, f"{level}_evidence")]
    return {name: getattr(found.row, name) for name in (*names, "shared_positions")}


def split_view(found: Split | None) -> dict[str, Any] | None:
    """Return the four levels with share, evidence and proposal (PF-153)."""
    if found is None:
        return None
    return {
        "local": euro(found.local_eur),
        "shared": euro(found.shared_eur),
        "has_cost": bool(found.by_level),
        "changed_us": found.row.changed_us,
        "lines": [
            {
                "level": gettext(label),
                "share": percent(getattr(found.row, level) / 100),
                "evidence": getattr(found.row, f"{level}_evidence") or gettext("nicht belegt"),
                "euro": euro(found.by_level[level]) if found.by_level else "",
            }
            for level, label in LEVEL_LABELS.items()
        ],
    }
