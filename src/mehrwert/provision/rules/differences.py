"""Why a new assessment differs from the one before: data, rule or answer (PF-07)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from mehrwert.provision.choices import Source


class Cause(StrEnum):
    """What changed the value of an indicator."""

    DATA = "data"
    RULE = "rule"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class Assessed:
    """One indicator in a stored assessment.

    ``raw`` is the count or share before the limits were applied, or the answer; None where unknown.
    """

    value: float | None = None
    source: str = ""
    raw: float | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """One line of the list: what an indicator was, what it is, and why."""

    key: str
    before: Assessed
    after: Assessed
    cause: Cause


def differences(
    before: Mapping[str, Assessed],
    after: Mapping[str, Assessed],
    *,
    is_same_ruleset: bool,
) -> Iterator[Difference]:
    """Name every indicator whose counted value or source changed, in the order of their keys."""
    for key in sorted({*before, *after}):
        old, new = before.get(key, Assessed()), after.get(key, Assessed())
        if (old.value, old.source) != (new.value, new.source):
            yield Difference(key, old, new, _cause(old, new, is_same_ruleset=is_same_ruleset))


def _cause(old: Assessed, new: Assessed, *, is_same_ruleset: bool) -> Cause:
    if not is_same_ruleset and (old.raw, old.source) == (new.raw, new.source):
        return Cause.RULE
    is_answered = {old.source, new.source} & {Source.SELF.value, Source.DOCUMENT.value}
    return Cause.ANSWER if is_answered else Cause.DATA
