"""Effects in words and numbers, in the language of the reader; the sentences stand in the rules."""

import math
import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language, gettext

from mehrwert.evidence.choices import CLASS_WORDS
from mehrwert.evidence.rules import Said, sentence_for
from mehrwert.figures.text import MONTHS, NBSP, number
from mehrwert.stats.direction import as_per_cent, to_stored


def _language() -> str:
    return "en" if (get_language() or "de").startswith("en") else "de"


def effect_value(theta: float, *, scale: str, good_is_up: bool) -> str:
    """Return an effect as people read it: ``−18 %``; a sign only, better or worse is said in words.

    A log ratio is a change in per cent, an odds ratio a factor, a standardised difference a number
    of standard deviations.
    """
    language = _language()
    if scale == "log_ratio":
        per_cent = as_per_cent(theta, good_is_up=good_is_up)
        text = number(round(per_cent), 0, language=language)
        return f"{'+' if round(per_cent) > 0 else ''}{text}{NBSP}%"
    raw = to_stored(theta, good_is_up=good_is_up)
    if scale == "log_odds":
        factor = number(math.exp(raw), 2, language=language)
        return gettext("Chancenverhältnis %(factor)s") % {"factor": factor}
    sign = "+" if raw > 0 else ""
    return gettext("%(n)s Standardabweichungen") % {
        "n": f"{sign}{number(raw, 2, language=language)}"
    }


def interval_words(low: float, high: float, *, scale: str, good_is_up: bool) -> tuple[str, str]:
    """Return both ends as people read them, the smaller number first."""
    ends = sorted((to_stored(low, good_is_up=good_is_up), to_stored(high, good_is_up=good_is_up)))
    first, last = (
        effect_value(to_stored(end, good_is_up=good_is_up), scale=scale, good_is_up=good_is_up)
        for end in ends
    )
    return first, last


def effect_sentence(
    said: Said, *, project: str, indicator: str, values: tuple[str, str, str], sesoi: str
) -> str:
    """Return the one sentence that class and direction allow (EVI-182).

    Args:
        said: Class, direction, whether there is an interval.
        project: Name of the solution as it stands in a sentence.
        indicator: Name of the indicator.
        values: Value, lower and upper end in words.
        sesoi: The smallest relevant difference in words, without sign.
    """
    sentence = gettext(sentence_for(said)) % {
        "project": project,
        "indicator": indicator,
        "value": values[0],
        "low": values[1],
        "high": values[2],
        "sesoi": sesoi,
        "word": gettext(CLASS_WORDS[said.evidence_class]),
    }
    return sentence[:1].upper() + sentence[1:]


def plan_facts(document: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return a registered plan as pairs of label and words; what it does not say is left out.

    Args:
        document: The plan as it was fixed; plans of other formats say less.
    """
    better = {"up": gettext("mehr"), "down": gettext("weniger")}
    unit = document.get("unit")
    indicator = str(document.get("indicator_name") or "")
    comparisons = document.get("comparisons")
    pairs = (
        (gettext("Ziel"), document.get("goal")),
        (gettext("Wie es dazu kommen soll"), document.get("mechanism")),
        (gettext("Kennzahl"), f"{indicator} ({unit})" if indicator and unit else indicator),
        (gettext("Besser ist"), better.get(str(document.get("good_direction")))),
        (gettext("Lohnt sich ab"), _least(document)),
        (gettext("Erster Monat im vollen Betrieb"), _month(document.get("start_month"))),
        (gettext("Zeitraum"), _span(document.get("first_month"), document.get("last_month"))),
        (
            gettext("Vergleichsorte"),
            ", ".join(map(str, comparisons.values()))
            if isinstance(comparisons, dict) and comparisons
            else None,
        ),
        (gettext("Nützt"), document.get("beneficiaries")),
        (gettext("Ausgewertet von"), document.get("evaluator")),
    )
    return [(label, str(words)) for label, words in pairs if words]


def _least(document: Mapping[str, Any]) -> str:
    sesoi, scale = document.get("sesoi"), document.get("scale")
    if not isinstance(sesoi, int | float) or not isinstance(scale, str):
        return ""
    return effect_value(float(sesoi), scale=scale, good_is_up=False).lstrip("+")


def _month(label: Any) -> str:
    """Return ``März 2020`` for ``2020-03``; anything else as it is."""
    found = re.fullmatch(r"(\d{4})-(\d{2})", str(label or ""))
    if found is None or not 1 <= int(found[2]) <= len(MONTHS["de"].split()):
        return str(label or "")
    return f"{MONTHS[_language()].split()[int(found[2]) - 1]} {found[1]}"


def _span(first: Any, last: Any) -> str:
    if not first or not last:
        return ""
    return gettext("%(first)s bis %(last)s") % {"first": _month(first), "last": _month(last)}
