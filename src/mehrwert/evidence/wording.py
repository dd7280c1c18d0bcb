"""Effects in words and numbers, in the language of the reader; the sentences stand in the rules."""

import math

from django.utils.translation import get_language, gettext

from mehrwert.evidence.choices import CLASS_WORDS
from mehrwert.evidence.rules import Said, sentence_for
from mehrwert.figures.text import NBSP, number
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
