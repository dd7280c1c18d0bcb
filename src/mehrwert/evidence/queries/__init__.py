"""Everything that reads in the room. What is released is public and knows no municipality scope."""

from mehrwert.evidence.rules import OWN, Said, is_own, too_strong_words
from mehrwert.evidence.wording import effect_sentence, effect_value, interval_words

from .keys import (
    OwnKey,
    OwnKeyLine,
    PoolKey,
    list_mappings_of,
    list_own_keys,
    list_shared_keys,
    pool_keys,
)
from .pools import (
    Experience,
    PoolLine,
    compute_pool,
    compute_pools,
    list_findings,
    list_pool_lines,
    list_pools_of,
    list_syntheses,
    list_withdrawn,
    read_experience,
    read_own_finding,
    read_pool_key,
    read_synthesis,
)
from .register import (
    NOT_REPORTED,
    count_mechanisms,
    list_overdue,
    list_register,
    pool_register,
    today_in_register,
)
from .studies import class_of, covers_size, rows_of, study_class

__all__ = [
    "NOT_REPORTED",
    "OWN",
    "Experience",
    "OwnKey",
    "OwnKeyLine",
    "PoolKey",
    "PoolLine",
    "Said",
    "class_of",
    "compute_pool",
    "compute_pools",
    "count_mechanisms",
    "covers_size",
    "effect_sentence",
    "effect_value",
    "interval_words",
    "is_own",
    "list_findings",
    "list_mappings_of",
    "list_overdue",
    "list_own_keys",
    "list_pool_lines",
    "list_pools_of",
    "list_register",
    "list_shared_keys",
    "list_syntheses",
    "list_withdrawn",
    "pool_keys",
    "pool_register",
    "read_experience",
    "read_own_finding",
    "read_pool_key",
    "read_synthesis",
    "rows_of",
    "study_class",
    "today_in_register",
    "too_strong_words",
]
