"""Language guard: no sentence says more than class and interval allow (EVI-41, EVI-183)."""

import re

WORDS_VERSION = "1"
# stems that claim an effect; German, lower case
STRONG = (
    r"wirkt",
    r"wirken",
    r"wirksam\w*",
    r"wirkungsvoll\w*",
    r"nachweislich\w*",
    r"nachgewiesen\w*",
    r"bewiesen\w*",
    r"beweist",
    r"beweisen",
    r"belegt (?:ist|wurde|hat)",
    r"eindeutig\w* besser",
    r"führt(?:e|en)? zu",
    r"bewirkt\w*",
    r"verursacht\w*",
    r"erfolgreich\w*",
    r"garantiert\w*",
    r"effektiv\w*",
)
_CLAIM = re.compile(rf"\b(?:{'|'.join(STRONG)})\b", re.IGNORECASE)
# what others said may be quoted with its source: „…“ (Quelle: …)
_QUOTED = re.compile(r"„[^“]*“\s*\((?:Quelle|Zitat):[^)]+\)")
_DENIED = re.compile(r"(?:nicht|kein\w*|ob\b[^.;!?]{0,60}|unklar\w*|offen)\s*$", re.IGNORECASE)


def too_strong_words(
    text: str, *, evidence_class: int, low: float | None, high: float | None
) -> list[str]:
    """Return the words of a text that claim more than is known, in their order.

    Args:
        text: Typed or generated German.
        evidence_class: 0 to 4.
        low: Lower end of the interval, None when there is none.
        high: Upper end.
    """
    holds_zero = low is None or high is None or low <= 0 <= high
    if evidence_class >= 2 and not holds_zero:
        return []
    free = _QUOTED.sub("", text)
    return [
        match.group(0)
        for match in _CLAIM.finditer(free)
        if not _DENIED.search(free[max(0, match.start() - 70) : match.start()])
    ]
