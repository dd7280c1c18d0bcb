"""What the room shows on the page of a solution: care of its code, never its use (CAT-303)."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext

from mehrwert.catalogue.access import may_edit
from mehrwert.catalogue.models import Solution
from mehrwert.connectors.repositories import queries
from mehrwert.connectors.repositories.choices import (
    BADGE_LABELS,
    CRITERION_LABELS,
    WAY_LABELS,
    Badge,
)
from mehrwert.connectors.repositories.rules import Figures, level_of


def solution(request: HttpRequest, found: Solution) -> tuple[str, dict[str, Any]] | None:
    """Show the signals with date and formula; nothing where there is no code to speak of."""
    reading = queries.read_reading(found)
    can_edit = may_edit(request.user, found)
    has_code = bool((found.profile.get("code") or {}).get("repository_url"))
    if reading is None and not (has_code and can_edit):
        return None
    context: dict[str, Any] = {"solution": found, "can_edit": can_edit, "reading": reading}
    if reading is not None and reading.figures:
        figures = Figures.from_json(reading.figures)
        users = queries.count_declared_live(found)
        context |= {
            "figures": figures,
            "badges": [_badge(badge, figures) for badge in Badge],
            "way": gettext(WAY_LABELS[reading.way]),
            "quiet_users": users if figures.commits == 0 and users else 0,
            "shares": _shares(figures),
        }
    return "repositories/panel_solution.html", context


def _badge(badge: Badge, figures: Figures) -> dict[str, Any]:
    reached = level_of(badge, figures)
    return {
        "name": gettext(BADGE_LABELS[badge]),
        "level": reached.level,
        "highest": reached.highest,
        "unmet": [gettext(CRITERION_LABELS[one]) for one in reached.unmet],
        "unknown": [gettext(CRITERION_LABELS[one]) for one in reached.unknown],
    }


def _shares(figures: Figures) -> dict[str, int | None]:
    pairs = {"signed": figures.signed_share, "reviewed": figures.reviewed_share}
    return {name: None if v is None else round(100 * v) for name, v in pairs.items()}
