"""The range of time that a condition on readings keeps to."""

from dataclasses import dataclass

from mehrwert.observations.selects.tree import Compare, Expression, Path, Period

from .fragment import Fragment
from .paths import parts_of

_LOWER = {"ge": 0, "gt": 1}
_UPPER = {"lt": 0, "le": 1}


@dataclass(frozen=True, slots=True)
class Range:
    """Readings that begin at ``start_us`` or later, before ``before_us``, and end by ``end_us``."""

    start_us: int | None = None
    before_us: int | None = None
    end_us: int | None = None

    def on_states(self, alias: str) -> list[Fragment]:
        """Return the conditions on the states of series that can have readings in the range."""
        found = []
        if self.start_us is not None:
            found.append(Fragment(f"{alias}.last_time>=?", (self.start_us,)))
        if self.before_us is not None:
            found.append(Fragment(f"{alias}.first_time<?", (self.before_us,)))
        return found

    def and_from(self, start_us: int) -> "Range":
        """Return the part that begins no earlier."""
        first = start_us if self.start_us is None else max(self.start_us, start_us)
        return Range(first, self.before_us, self.end_us)

    def and_to(self, before_us: int, end_us: int) -> "Range":
        """Return the part that begins before, and ends by, these times."""
        before = before_us if self.before_us is None else min(self.before_us, before_us)
        end = end_us if self.end_us is None else min(self.end_us, end_us)
        return Range(self.start_us, before, end)


def range_of(condition: Expression | None) -> tuple[Range, bool]:
    """Return the range that a condition on readings keeps to, and whether it says nothing else."""
    found, is_all = Range(), True
    for part in parts_of(condition):
        narrower = _narrowed(found, part)
        found, is_all = narrower or found, is_all and narrower is not None
    return found, is_all


def _narrowed(found: Range, part: Expression) -> Range | None:
    """Return the range that keeps to this as well, None if it is no bound of the time."""
    if not isinstance(part, Compare) or part.left != Path("time"):
        return None
    at = part.right
    if not isinstance(at, Period) or at.end_us is not None:
        return None
    if part.operator in _LOWER:
        return found.and_from(at.start_us + _LOWER[part.operator])
    if part.operator in _UPPER:
        return found.and_to(at.start_us + _UPPER[part.operator], at.start_us)
    return None
