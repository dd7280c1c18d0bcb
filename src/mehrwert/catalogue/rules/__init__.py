"""Rules of the catalogue as plain functions on values: no clock, no database."""

from .care import list_due
from .changes import Change, canonical_text, diff_profiles, digest_of
from .endings import counts_as_failure
from .freshness import TTL_DAYS, factor_of, freshness_of, overall_freshness, ttl_of
from .levels import REQUIREMENTS, Requirement, level_of, missing_for, next_level
from .links import would_close_circle
from .missed import storable_search
from .places import Place, size_class_of
from .pointers import Provenance, proposed_pointers, provenance_of, read_pointer, walk
from .privacy import without_personal_data
from .texts import (
    cluster_count,
    is_hard_to_read,
    mean_sentence_length,
    shorten,
    slug_of,
    sort_key,
    stable_uuid4,
)

__all__ = [
    "REQUIREMENTS",
    "TTL_DAYS",
    "Change",
    "Place",
    "Provenance",
    "Requirement",
    "canonical_text",
    "cluster_count",
    "counts_as_failure",
    "diff_profiles",
    "digest_of",
    "factor_of",
    "freshness_of",
    "is_hard_to_read",
    "level_of",
    "list_due",
    "mean_sentence_length",
    "missing_for",
    "next_level",
    "overall_freshness",
    "proposed_pointers",
    "provenance_of",
    "read_pointer",
    "shorten",
    "size_class_of",
    "slug_of",
    "sort_key",
    "stable_uuid4",
    "storable_search",
    "ttl_of",
    "walk",
    "without_personal_data",
    "would_close_circle",
]
