"""Which searches without a hit may be kept: never one that may name a person or an address."""

import re
from collections.abc import Callable

from mehrwert.catalogue.rules.privacy import without_personal_data

MOST_LETTERS, MOST_WORDS = 80, 8
_MOST_UNKNOWN = 1
_WORD = re.compile(r"[^\W\d_][^\W_]*(?:-[^\W_]+)*")
_NUMBER = re.compile(r"(?<![^\W\d_])\d+(?![^\W\d_])|\d{4,}")
_PERSON = re.compile(
    r"\b(?:herrn?|frau|familie|dr|prof|doktor|professorin?|(?:ober)?bürgermeister(?:in)?"
    r"|amtsleiter(?:in)?|kämmerer|kämmerin|heiß[et]|namens)\b"
)
_STREET = re.compile(r"(?:str(?:asse|aße|\.)?|gasse|allee|gäßchen|gässchen)$")


def storable_search(text: str, is_known: Callable[[str], bool]) -> str:
    """Return a search text as it may be counted, in small letters, or an empty text.

    Left out are numbers (house, postcode, telephone), mail addresses, words before a name,
    streets, and texts with more than one word that nobody knows, as first and last names are.

    Args:
        text: What somebody typed.
        is_known: Whether a word stands in a solution or in the lexicon of the search.
    """
    plain = " ".join(text.split()).lower()
    words = _WORD.findall(plain)
    if not 1 <= len(words) <= MOST_WORDS or len(plain) > MOST_LETTERS:
        return ""
    if without_personal_data(plain) != plain or "@" in plain:
        return ""
    if _NUMBER.search(plain) or _PERSON.search(plain):
        return ""
    unknown = [word for word in words if not is_known(word)]
    if len(unknown) > _MOST_UNKNOWN or any(_STREET.search(word) for word in unknown):
        return ""
    return plain
