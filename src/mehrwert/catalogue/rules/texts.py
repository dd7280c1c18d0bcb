"""Names, addresses and lengths of texts as people count them."""

import hashlib
import re
import unicodedata
import uuid

import regex

_CLUSTER = regex.compile(r"\X")
_SPELLED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_SENTENCE = re.compile(r"[.!?:]+(?:\s+|$)|\n+")
_WORD = re.compile(r"\w[\w-]*")
SHORT = 150
# longest mean sentence of a text in plain language
MOST_WORDS = 15


def cluster_count(text: str) -> int:
    """Return the number of signs as people count them: accents and joined emoji are one."""
    return len(_CLUSTER.findall(text))


def shorten(text: str, limit: int = SHORT) -> str:
    """Return a text of at most ``limit`` signs, cut at a word with an ellipsis."""
    if cluster_count(text) <= limit:
        return text
    words, kept = text.split(), ""
    for word in words:
        longer = f"{kept} {word}".strip()
        if cluster_count(longer) > limit - 2:
            break
        kept = longer
    return f"{kept.rstrip('.,;:–-')} …"


def slug_of(name: str) -> str:
    """Return the address of a name: small letters, digits and single hyphens."""
    spelled = name.lower().translate(_SPELLED)
    plain = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:70].strip("-") or "loesung"


def sort_key(name: str) -> str:
    """Return a name as it is sorted by: umlauts as their letters, signs left out (DIN 5007-1)."""
    plain = unicodedata.normalize("NFKD", name.lower().replace("ß", "ss"))
    kept = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return re.sub(r"[^a-z0-9 ]+", "", kept).strip()[:120]


def stable_uuid4(name: str) -> uuid.UUID:
    """Return the same UUID for the same name, in the form of version 4."""
    return uuid.UUID(bytes=hashlib.sha256(name.encode()).digest()[:16], version=4)


def mean_sentence_length(text: str) -> float:
    """Return the words per sentence of a text, 0 for none (CAT-212)."""
    sentences = [words for part in _SENTENCE.split(text) if (words := _WORD.findall(part))]
    return sum(map(len, sentences)) / len(sentences) if sentences else 0.0


def is_hard_to_read(text: str) -> bool:
    """Say whether the sentences of a text are too long for plain language."""
    return mean_sentence_length(text) > MOST_WORDS
