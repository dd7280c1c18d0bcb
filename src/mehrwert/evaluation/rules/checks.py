"""Checks of an estimate: code, value, threshold, verdict (EVI-119)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Verdict(StrEnum):
    """What a check says: refused = no estimate, failed lowers the class, flags are printed."""

    PASSED = "passed"
    FLAGGED = "flagged"
    FAILED = "failed"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Check:
    """One check; ``data`` fills the named places of its sentence (``wording.CHECKS``)."""

    code: str
    verdict: Verdict
    value: float | None = None
    threshold: float | None = None
    data: Mapping[str, Any] = field(default_factory=dict)


def has_passed(checks: list[Check]) -> bool:
    """Say whether no check failed."""
    return all(check.verdict in {Verdict.PASSED, Verdict.FLAGGED} for check in checks)


def refusals(checks: list[Check]) -> list[Check]:
    """Return the checks that forbid an estimate."""
    return [check for check in checks if check.verdict is Verdict.REFUSED]


def verdict_of(*, is_good: bool, otherwise: Verdict = Verdict.FAILED) -> Verdict:
    """Return ``passed`` or the other verdict."""
    return Verdict.PASSED if is_good else otherwise
