"""What differs between two versions of a profile, field by field."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mehrwert.catalogue.rules.pointers import walk


@dataclass(frozen=True, slots=True)
class Change:
    """One field that differs; None means nobody had said anything."""

    pointer: str
    before: Any
    after: Any


def diff_profiles(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """Return the fields that differ, in the order of the newer profile, lost ones last."""
    old, new = dict(walk(before)), dict(walk(after))
    pointers = [*new, *(pointer for pointer in old if pointer not in new)]
    return [
        Change(pointer, old.get(pointer), new.get(pointer))
        for pointer in pointers
        if old.get(pointer) != new.get(pointer)
    ]


def canonical_text(value: Any) -> str:
    """Return JSON with sorted keys: the same content is the same text."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(profile: Mapping[str, Any], provenance: Mapping[str, Any]) -> str:
    """Return the fingerprint of a version."""
    return hashlib.sha256(canonical_text([profile, provenance]).encode()).hexdigest()
