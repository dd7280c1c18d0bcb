"""German stems: what remains of a folded word without inflection and common derivation.

In the manner of the Snowball stemmer for German, but on folded words and going further:
``bewässern``, ``bewässert`` and ``Bewässerung`` share one stem, so do ``melden`` and ``Meldung``.
A stem is a key, not a word; it only has to be the same for words that belong together.
"""

import re
from functools import lru_cache

_LEAST_LETTERS = 3
_ROUNDS = 4
_GENDER = re.compile(r"(?<=er)in(?:nen)?$")
_IER = re.compile(r"(?<!e)ier$")  # kartier-en; not frei-er
# Longest first; each with the least number of letters that must remain.
_INFLECTIONS: tuple[tuple[str, int], ...] = (
    ("ern", 4),
    ("ert", 4),
    ("end", 4),
    ("est", 5),
    ("en", 3),
    ("em", 4),
    ("er", 4),
    ("es", 3),
    ("et", 4),
    ("e", 3),
)
_DERIVATIONS: tuple[tuple[str, int], ...] = (
    ("isierung", 4),
    ("isier", 4),
    ("ier", 4),
    ("ik", 5),
    ("igkeit", 4),
    ("ungen", 4),
    ("lich", 4),
    ("isch", 4),
    ("heit", 4),
    ("keit", 4),
    ("ung", 4),
    ("ig", 4),
)
_S_FOLLOWS = frozenset("bdfghklmnprtaioy")
# Words whose ending belongs to them, or whose plural the rules cannot know.
_EXCEPTIONS: dict[str, str] = {
    **dict.fromkeys(("burger", "burgern", "burgers"), "burger"),
    **dict.fromkeys(("laden", "ladens"), "laden"),
    **dict.fromkeys(("rader", "radern", "rades", "rads"), "rad"),
    **dict.fromkeys(("bader", "badern", "bades", "bads"), "bad"),
    **dict.fromkeys(("guter", "gutern"), "gut"),
    **dict.fromkeys(("busse", "bussen", "busses"), "bus"),
    **dict.fromkeys(("seen", "sees", "see"), "see"),
    **dict.fromkeys(("baus", "bauten", "baue"), "bau"),
    **dict.fromkeys(("museen", "museums", "museum"), "museum"),
    **dict.fromkeys(("wetter", "wetters"), "wetter"),
    **dict.fromkeys(("feuer", "feuers"), "feuer"),
    **dict.fromkeys(("keller", "kellers", "kellern"), "keller"),
    **dict.fromkeys(("theater", "theaters"), "theater"),
    **dict.fromkeys(("alter", "alters"), "alter"),
    **dict.fromkeys(("raumlich", "raumliche", "raumlichen", "raumlicher"), "raumlich"),
    **dict.fromkeys(("altere", "alteren", "alterer", "alterem"), "altere"),
    **dict.fromkeys(("platform", "platforms"), "plattform"),
    **dict.fromkeys(("internet", "internets"), "internet"),
    **dict.fromkeys(("zahler", "zahlern", "zahlers"), "zahler"),
    **dict.fromkeys(("passen", "passt"), "passen"),
    **dict.fromkeys(("wartung", "wartungen", "wartungs"), "wartung"),
    **dict.fromkeys(("rechnung", "rechnungen", "rechnungs"), "rechnung"),
    **dict.fromkeys(("feste", "festen", "fester", "festes"), "fest-"),
    **dict.fromkeys(("wassern", "gewassert"), "wassern"),
    **dict.fromkeys(("parken", "parkt", "parkend", "parkende"), "parken"),
    **dict.fromkeys(("bildung", "bildungs"), "bildung"),
    **dict.fromkeys(("grunder", "grundern", "grundung", "grundungs", "grundungen"), "grunder"),
    **dict.fromkeys(("kunstlich", "kunstliche", "kunstlichen", "kunstlicher"), "kunstlich"),
    **dict.fromkeys(("schulung", "schulungen", "schulungs"), "schulung"),
    **dict.fromkeys(("richter", "richtern", "richterinnen"), "richter"),
    **dict.fromkeys(("leitung", "leitungen", "leitungs"), "leitung"),
    **dict.fromkeys(("fuhrung", "fuhrungen", "fuhrungs"), "fuhrung"),
    **dict.fromkeys(("zeitung", "zeitungen", "zeitungs"), "zeitung"),
    **dict.fromkeys(("wandern", "wanderung", "wanderungen", "wanderer", "wander"), "wander"),
    **dict.fromkeys(("markiert", "markieren", "markierung"), "markier"),
    **dict.fromkeys(("amter", "amtern", "amtes", "amts"), "amt"),
    **dict.fromkeys(("allee", "alleen"), "allee"),
    **dict.fromkeys(("stirbt", "gestorben"), "sterb"),
    **dict.fromkeys(("behalter", "behaltern", "behalters"), "behalter"),
    **dict.fromkeys(("gemeldet",), "meld"),
    **dict.fromkeys(("gewarnt",), "warn"),
    **dict.fromkeys(("gezahlt",), "zahl"),
    **dict.fromkeys(("abgeholt",), "abhol"),
    **dict.fromkeys(("misst", "gemessen"), "mess"),
    **dict.fromkeys(("gegossen",), "giess"),
    **dict.fromkeys(("kindern", "kinder", "kindes", "kinds"), "kind"),
    **dict.fromkeys(("busch", "fisch", "fische", "tisch", "tische", "tischen", "frisch"), ""),
}


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Return the stem of a folded word; words of up to three letters are their own stem."""
    known = _EXCEPTIONS.get(word)
    if known is not None:
        return known or word
    if len(word) <= _LEAST_LETTERS or not word.isalpha():
        return word
    rest = _GENDER.sub("", word)
    for _ in range(_ROUNDS):
        shorter = _without_derivation(_without_inflection(_without_s(rest)))
        if shorter == rest:
            break
        rest = _EXCEPTIONS.get(shorter) or shorter
    return _without_last_e(_without_t(rest))


def _without_s(word: str) -> str:
    if len(word) > _LEAST_LETTERS + 1 and word[-1] == "s" and word[-2] in _S_FOLLOWS:
        return word[:-1]
    return word


def _without_inflection(word: str) -> str:
    if word in _EXCEPTIONS:
        return word
    if word.endswith("iert"):
        return word[:-1]
    for ending, least in _INFLECTIONS:
        if word.endswith(ending) and len(word) - len(ending) >= least:
            return word if _IER.search(word) else word[: -len(ending)]
    if word.endswith(("ln", "rn")) and len(word) > _LEAST_LETTERS + 1:
        return word[:-1]
    return word


def _without_derivation(word: str) -> str:
    for ending, least in _DERIVATIONS:
        if word.endswith(ending) and len(word) - len(ending) >= least:
            return word[: -len(ending)]
    return word


def _without_t(word: str) -> str:
    """Return a verb without its t (steigt, misst); nouns lose theirs alike in all their forms."""
    if len(word) > _LEAST_LETTERS + 1 and word[-1] == "t" and word[-2] not in "haeiou":
        return word[:-1]
    return word


def _without_last_e(word: str) -> str:
    """Return sammel as samml, so that sammeln meets Sammlung."""
    if len(word) > _LEAST_LETTERS + 1 and word.endswith("el"):
        return word[:-2] + "l"
    return word
