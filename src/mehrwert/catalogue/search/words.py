"""Text into words, and words into the form in which German spellings meet.

``Bäume``, ``Baeume`` and ``Baume`` fold to the same letters, so do ``Straße`` and ``Strasse``.
"""

import re
import unicodedata
from functools import lru_cache

_PIECE = r"[^\W_]+"
# The hyphen at the end of "Rad- und Fußverkehr" stays.
_WORD = re.compile(rf"{_PIECE}(?:[-‐‑]{_PIECE})*(?:-(?=[\s,/]))?")
# Bürger:innen, Bürger*innen, Bürger/-innen, Bürger_innen
_GENDER = re.compile(r"(?<=[a-zäöüß])(?:[:*_]|/-?)(?=in(?:nen)?\b)", re.IGNORECASE)
_UMLAUTS = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss"})
# "ue" is an umlaut except after q (Frequenz), a (Bauer) and e (Steuer).
_DIGRAPHS = re.compile(r"(?<![aeq])ue|ae|oe(?!u)")


def split_words(text: str) -> list[str]:
    """Return the words of a text as typed; joined by hyphens they are one."""
    return _WORD.findall(_GENDER.sub("", unicodedata.normalize("NFKC", text)))


@lru_cache(maxsize=100_000)
def fold(word: str) -> str:
    """Return a word in lower case, without ß, umlauts, their two-letter spellings and accents."""
    lower = word.lower().translate(_UMLAUTS)
    if not lower.isascii():
        lower = unicodedata.normalize("NFD", lower)
        lower = "".join(letter for letter in lower if not unicodedata.combining(letter))
    return (
        _DIGRAPHS.sub(lambda match: match.group()[0], lower)
        .replace("‐", "-")
        .replace("‑", "-")
        .rstrip("-")
    )
