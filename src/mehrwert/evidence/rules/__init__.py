"""Rules of the room: synthesis of findings, and the sentences that it allows. Plain Python."""

from .guard import WORDS_VERSION, too_strong_words
from .headline import headline, in_steps
from .keys import OWN, alone, is_own, is_shared
from .pooling import Pool, PoolRegister, Row, pool, single_class
from .sentences import (
    CLASS_LINE,
    NEW_TOWN,
    ONE_TOWN,
    OUTSIDE,
    SENTENCES,
    Said,
    sentence_for,
)

__all__ = [
    "CLASS_LINE",
    "NEW_TOWN",
    "ONE_TOWN",
    "OUTSIDE",
    "OWN",
    "SENTENCES",
    "WORDS_VERSION",
    "Pool",
    "PoolRegister",
    "Row",
    "Said",
    "alone",
    "headline",
    "in_steps",
    "is_own",
    "is_shared",
    "pool",
    "sentence_for",
    "single_class",
    "too_strong_words",
]
