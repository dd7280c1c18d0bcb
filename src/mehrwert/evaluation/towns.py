"""Towns with starts of their own, in words: each against towns that had not begun, and together."""

from typing import Any

from django.utils.translation import gettext

from mehrwert.evaluation.presenting import effect_words, language, month_words
from mehrwert.evaluation.rules import Plan, label_of
from mehrwert.evidence.queries import effect_value
from mehrwert.figures.text import number


def several_view(plan: Plan, record: dict[str, Any], own_name: str) -> dict[str, Any] | None:
    """Return sentence and rows, None where no other town began."""
    several = record.get("several")
    if not several:
        return None
    value, low, high = effect_words(plan, several)
    facts = {
        "n": len(several["towns"]),
        "value": value,
        "low": low,
        "high": high,
        "share": number(100 * several["p_better"], 0, language=language()),
        "tau": effect_value(several["tau"], scale=plan.scale, good_is_up=False).lstrip("+"),
    }
    return {
        "sentence": gettext(
            "Im ersten Jahr nach ihrem Start, %(n)s Kommunen zusammen: %(value)s (%(low)s bis"
            " %(high)s), mit %(share)s %% Wahrscheinlichkeit besser als ohne. Von Ort zu Ort"
            " schwankt die Wirkung um etwa %(tau)s."
        )
        % facts,
        "rows": [_row(plan, town, own_name) for town in several["towns"]],
    }


def _row(plan: Plan, town: dict[str, Any], own_name: str) -> dict[str, Any]:
    value, low, high = effect_words(plan, town)
    return {
        "name": plan.comparisons.get(town["key"], own_name),
        "start": month_words(town["start"]),
        "value": value,
        "low": low,
        "high": high,
        "comparisons": town["comparisons"],
    }


def starts_words(plan: Plan) -> str:
    """Return the towns that began themselves with their month, empty for none."""
    return ", ".join(
        f"{plan.comparisons.get(number_, '')} ({month_words(label_of(month))})"
        for number_, month in plan.comparison_starts.items()
    )
