"""What was found in a table: counts, and a list of problems that stays short."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from mehrwert.connectors.table_files.choices import NOTES, ProblemCode

MOST_PROBLEMS = 5_000
# So that one frequent kind does not crowd out a rare one
MOST_OF_A_KIND = 1_000


@dataclass(frozen=True, slots=True)
class Problem:
    """Something about one row or cell. Row and column count from 1; column 0 is the whole row."""

    row: int
    column: int
    name: str
    code: ProblemCode
    cell: str

    @property
    def is_note(self) -> bool:
        """Say whether the row is stored nevertheless."""
        return self.code in NOTES


@dataclass(slots=True)
class Tally:
    """Counts over rows read so far.

    ``values`` are numbers offered for storing, ``values_of`` the same per column; ``empty`` are
    empty cells, which are no readings; ``codes`` counts problems also beyond the list.
    """

    rows: int = 0
    values: int = 0
    empty: int = 0
    first_us: int | None = None
    last_us: int | None = None
    repeated: int = 0
    codes: Counter[str] = field(default_factory=Counter)
    values_of: Counter[int] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)

    @property
    def errors(self) -> int:
        """Return how many rows and cells cannot be stored."""
        return sum(n for code, n in self.codes.items() if ProblemCode(code) not in NOTES)

    @property
    def notes(self) -> int:
        """Return how many rows are stored with a remark."""
        return sum(n for code, n in self.codes.items() if ProblemCode(code) in NOTES)

    def note(self, problems: Iterable[Problem]) -> None:
        """Count problems and keep the first ones."""
        for problem in problems:
            self.codes[problem.code.value] += 1
            is_rare = self.codes[problem.code.value] <= MOST_OF_A_KIND
            if is_rare and len(self.problems) < MOST_PROBLEMS:
                self.problems.append(problem)

    def cover(self, first_us: int, last_us: int) -> None:
        """Widen the range of times."""
        self.first_us = first_us if self.first_us is None else min(self.first_us, first_us)
        self.last_us = last_us if self.last_us is None else max(self.last_us, last_us)

    def to_json(self) -> dict[str, Any]:
        """Return the counts, without the list."""
        return {
            "rows": self.rows,
            "values": self.values,
            "empty": self.empty,
            "first_us": self.first_us,
            "last_us": self.last_us,
            "repeated": self.repeated,
            "codes": dict(self.codes),
            "values_of": {str(column): n for column, n in self.values_of.items()},
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Tally":
        """Return counts that were stored."""
        return cls(
            rows=data["rows"],
            values=data["values"],
            empty=data["empty"],
            first_us=data["first_us"],
            last_us=data["last_us"],
            repeated=data["repeated"],
            codes=Counter(data["codes"]),
            values_of=Counter({int(column): n for column, n in data["values_of"].items()}),
        )
