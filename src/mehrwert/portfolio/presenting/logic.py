"""The logic model in words and as a drawing."""

from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext

from mehrwert.figures import Arrow, Box, Naming, graph
from mehrwert.portfolio.choices.logic import CLASS_LABELS, GAP_SENTENCES, STEP_LABELS
from mehrwert.portfolio.models import LogicArrow, LogicStep
from mehrwert.portfolio.queries import LogicModel
from mehrwert.portfolio.rules.logic import column_of

SOLID, DASHED, DOTTED = 0, 1, 2


def logic_svg(model: LogicModel) -> SafeString | None:
    """Return the drawing, None while there is no step.

    Dotted is not proven, dashed is class 1, solid from class 2: below that nothing is claimed.
    """
    if not model.steps:
        return None
    boxes = [Box(step.pk, step.text, column_of(step.kind)) for step in model.steps]
    arrows = [Arrow(one.start_id, one.end_id, _dashes(one)) for one in model.arrows]
    naming = Naming(
        gettext("Wirkungslogik"),
        gettext("Von links nach rechts: Maßnahme, Leistung, Wirkung, Folge. Die Tabelle sagt es."),
        key="wirkungslogik",
    )
    return mark_safe(graph(boxes, arrows, naming=naming))  # noqa: S308 (drawn by figures)


def _dashes(arrow: LogicArrow) -> int:
    if arrow.evidence_class == 0:
        return DOTTED
    return DASHED if arrow.evidence_class == 1 else SOLID


def summary(model: LogicModel) -> str:
    """Return how much of the chain rests on nothing but the assumption."""
    if not model.arrows:
        return gettext("Noch führt kein Pfeil vom einen zum anderen.")
    n = len(model.arrows)
    if model.n_unproven == 0:
        return ngettext(
            "Die Annahme hinter dem Pfeil ist belegt, mit Quelle.",
            "Die Annahmen hinter allen %(n)s Pfeilen sind belegt, mit Quelle.",
            n,
        ) % {"n": n}
    return ngettext(
        "Die Annahme hinter dem einen Pfeil hat noch niemand geprüft.",
        "%(unproven)s von %(n)s Annahmen hat noch niemand geprüft.",
        n,
    ) % {"n": n, "unproven": model.n_unproven}


def gap_sentences(model: LogicModel) -> list[str]:
    """Return what is missing, one sentence each; nothing before the first step."""
    if not model.steps:
        return []
    return [gettext(GAP_SENTENCES[code]) % {"n": n} for code, n in model.gaps]


def step_view(step: LogicStep) -> dict[str, Any]:
    """Return one step of the table."""
    current = step.indicator.current if step.indicator else None
    return {
        "row": step,
        "kind": gettext(STEP_LABELS[step.kind]).partition(":")[0],
        "indicator": current.name if current else "",
    }


def arrow_view(arrow: LogicArrow) -> dict[str, Any]:
    """Return one arrow of the table."""
    return {
        "row": arrow,
        "is_unproven": arrow.evidence_class == 0,
        "class": gettext(CLASS_LABELS[str(arrow.evidence_class)]),
    }


def csv_row(arrow: LogicArrow) -> list[Any]:
    """Return one arrow for the file."""
    return [
        arrow.start.kind,
        arrow.start.text,
        arrow.end.kind,
        arrow.end.text,
        arrow.assumption,
        arrow.evidence_class,
        arrow.source,
    ]
