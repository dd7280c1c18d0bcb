"""Rules of the room: synthesis of findings, and the sentences that it allows. Plain Python."""

from .guard import WORDS_VERSION, too_strong_words
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
    "SENTENCES",
    "WORDS_VERSION",
    "Pool",
    "PoolRegister",
    "Row",
    "Said",
    "pool",
    "sentence_for",
    "single_class",
    "too_strong_words",
]
