"""Duties in words."""

from typing import Any

from django.utils.translation import gettext

from mehrwert.municipalities.choices import LANDS
from mehrwert.portfolio.choices.financing import DUTY_KIND_LABELS
from mehrwert.portfolio.models import Duty
from mehrwert.portfolio.presenting.words import day_words


def duty_line(row: Duty) -> dict[str, Any]:
    """Return one duty; whether somebody checked it is always said."""
    return {
        "row": row,
        "law": LANDS.get(row.land, gettext("Bund")),
        "kind": gettext(DUTY_KIND_LABELS[row.kind]),
        "since": day_words(row.since) if row.since else gettext("nicht bekannt"),
        "review": gettext("geprüft: %(office)s, %(day)s")
        % {"office": row.reviewer, "day": day_words(row.reviewed_on)}
        if row.reviewed_on
        else "",
    }


def duty_values(row: Duty) -> dict[str, Any]:
    """Return what the form of a duty opens with."""
    return {name: getattr(row, name) for name in ("task", "norm", "land", "kind", "since")}


def duty_sentence(row: Duty) -> str:
    """Return ``Abwasser beseitigen (Norm, Land): Pflichtaufgabe, geprüft …`` for a paper."""
    line = duty_line(row)
    review = line["review"] or gettext("rechtlich nicht geprüft")
    return f"{row.task} ({row.norm}, {line['law']}): {line['kind']}, {review}."
