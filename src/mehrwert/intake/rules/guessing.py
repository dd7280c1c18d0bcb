"""Which device type an unknown device may be, from what the network server calls it."""

import re
from collections.abc import Iterable

WORD = re.compile(r"[a-z0-9]+")
SHORTEST = 3


def guess_type(hint: str, types: Iterable[tuple[str, str]]) -> str:
    """Return the slug of the only best match, empty when nothing or several fit.

    Args:
        hint: Name of the device, its profile or model.
        types: (slug, name) of what it may be.
    """
    given = _letters(hint)
    scores: dict[str, int] = {}
    for slug, name in types:
        words = {_letters(part) for part in re.split(r"[\s/()]+", name)} | {_letters(slug)}
        hits = [len(word) for word in words if len(word) > SHORTEST and word in given]
        if hits:
            scores[slug] = max(hits)
    best = max(scores.values(), default=0)
    found = [slug for slug, score in scores.items() if score == best]
    return found[0] if len(found) == 1 else ""


def _letters(text: str) -> str:
    return "".join(WORD.findall(text.lower()))
