"""Projects in words: the line of a list, the decisions on top, the roll-up."""

from datetime import date
from typing import Any

from django.utils.translation import gettext

from mehrwert.figures.text import number
from mehrwert.portfolio.choices import GATE_LABELS, PHASES, STATE_LABELS
from mehrwert.portfolio.choices.reports import LIGHT_LABELS, PART_LABELS, Light
from mehrwert.portfolio.models import Gate, Project
from mehrwert.portfolio.presenting.words import (
    age_words,
    day_words,
    deviation_view,
    euro,
    language,
    light_view,
    share_bar,
)
from mehrwert.portfolio.rules.lights import deviation
from mehrwert.portfolio.rules.rollup import RollUp

SHOWN = (Light.GREEN, Light.INCOMPLETE, Light.YELLOW, Light.RED, Light.UNKNOWN)


def lights_of(row: Project) -> dict[str, Any]:
    """Return both lights of a project and what to say about them."""
    stated = Light.GREEN.value if row.light_stated == Light.LATE else row.light_stated
    return {
        "stated": light_view(row.light_stated),
        "computed": light_view(row.light_computed, row.light_parts),
        "note": deviation_view(deviation(stated, row.light_computed)),
        "parts": [
            {"name": gettext(PART_LABELS[name]), **light_view(light)}
            for name, light in row.light_parts.items()
        ],
    }


def phase_of(row: Project) -> dict[str, Any] | None:
    """Return the phase as word and steps made, None while it was not computed."""
    if row.phase not in PHASES:
        return None
    label, made = PHASES[row.phase]
    return {"label": gettext(label), "steps": [step <= made for step in (1, 2, 3)]}


def budget_of(row: Project, today: date) -> dict[str, Any] | None:
    """Return money spent of money planned; None if the plan is unknown."""
    if not row.planned_eur:
        return None
    spent = row.actual_eur
    return {
        "spent": euro(spent),
        "planned": euro(row.planned_eur),
        "bar": share_bar(spent, row.planned_eur, target=time_share(row, today)) if spent else "",
    }


def time_share(row: Project, today: date) -> float | None:
    """Return which part of its time is over, None without an end."""
    if row.ends_on is None or row.ends_on <= row.starts_on:
        return None
    return (today - row.starts_on).days / (row.ends_on - row.starts_on).days


def project_line(row: Project, gate: Gate | None, today: date) -> dict[str, Any]:
    """Return one line of the list of projects."""
    return {
        "row": row,
        "state": gettext(STATE_LABELS[row.state]),
        "phase": phase_of(row),
        "lights": lights_of(row),
        "budget": budget_of(row, today),
        "effect": effect_words(row),
        "next": gate_words(gate),
        "is_late": bool(gate and gate.planned_on and gate.planned_on < today),
    }


def effect_words(row: Project) -> str:
    """Return what is known of the effect; a project without an outcome indicator says so."""
    if row.effect:
        return row.effect_en if language() == "en" and row.effect_en else row.effect
    return gettext("noch keine Messung") if row.has_outcome else gettext("Wirkung nicht prüfbar")


def gate_words(gate: Gate | None) -> str:
    """Return the next gate with its day."""
    if gate is None:
        return "–"
    label = f"{gate.key} {gettext(GATE_LABELS[gate.key])}"
    return f"{label}, {day_words(gate.planned_on)}"


def rollup_sentence(found: RollUp) -> str:
    """Return ``5 · 2 · 1 · 2 nicht geliefert · 80.000 € im Risiko`` (PF-106)."""
    at_risk = euro(found.at_risk_eur)
    if found.unknown_red:
        at_risk = gettext("mindestens %(amount)s") % {"amount": at_risk}
    return gettext(
        "%(green)s · %(yellow)s · %(red)s · %(missing)s nicht geliefert · %(euro)s im Risiko"
    ) % {
        "green": found.stated[Light.GREEN],
        "yellow": found.stated[Light.YELLOW],
        "red": found.stated[Light.RED],
        "missing": found.missing,
        "euro": at_risk,
    }


def rollup_view(found: RollUp, today: date) -> dict[str, Any]:
    """Return counts of both lights as two rows with the same columns, and what is at risk."""
    every = [*SHOWN, Light.LATE, Light.MISSING]
    shown = [light for light in every if found.stated[light] or found.computed[light]]
    oldest = found.oldest_risk_on
    return {
        "sentence": rollup_sentence(found),
        "table": [{"light": light_view(light), "counts": _counts(found, light)} for light in shown],
        "columns": [gettext("gemeldet"), gettext("berechnet")],
        "at_risk": euro(found.at_risk_eur),
        "unknown_red": found.unknown_red,
        "oldest": age_words((today - oldest).days) if oldest else "",
    }


def _counts(found: RollUp, light: Light) -> list[str]:
    return [number(n[light], 0, language=language()) for n in (found.stated, found.computed)]


def light_words(light: str) -> str:
    """Return the word of a light alone."""
    return gettext(LIGHT_LABELS[light or Light.UNKNOWN])
