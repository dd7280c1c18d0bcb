"""What an end means: completion is no failure, and what nobody said is none either (CAT-402)."""

from collections.abc import Mapping
from typing import Any

from mehrwert.catalogue.choices import NO_FAILURE, EndReason


def counts_as_failure(profile: Mapping[str, Any]) -> bool:
    """Say whether a stated reason of the end is one that speaks against the solution.

    Nobody said why: then nothing is known, and it does not count.
    """
    reasons = (profile.get("ended") or {}).get("reasons") or ()
    return any(EndReason(reason) not in NO_FAILURE for reason in reasons)
