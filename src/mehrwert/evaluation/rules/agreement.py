"""How far municipalities agree on coded questions, without telling which said what (EVI-34)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

LEAST = 3
# upper end of a class of inhabitants → key; the last has none
SIZES: tuple[tuple[int, str], ...] = ((5_000, "small"), (20_000, "middle"), (100_000, "town"))
LARGEST, UNKNOWN = "city", "unknown"
KINDS = (*(key for _, key in SIZES), LARGEST, UNKNOWN)


@dataclass(frozen=True, slots=True)
class Said:
    """One municipality named one code for one question; ``kind`` is its size."""

    question: str
    code: str
    town: int
    kind: str


@dataclass(frozen=True, slots=True)
class Line:
    """One code: how many municipalities named it, in all and by size; None is suppressed."""

    code: str
    n: int | None
    by_kind: Mapping[str, int | None]


@dataclass(frozen=True, slots=True)
class Agreement:
    """One question. ``n`` municipalities answered; ``lines`` is empty while they are too few."""

    question: str
    n: int | None
    lines: tuple[Line, ...]


def kind_of(population: int | None) -> str:
    """Return the size of a municipality by its inhabitants."""
    if population is None:
        return UNKNOWN
    return next((key for end, key in SIZES if population < end), LARGEST)


def agree(
    said: Iterable[Said], codes: Mapping[str, Iterable[str]], *, least: int = LEAST
) -> list[Agreement]:
    """Return for every question how many municipalities named each code.

    A municipality counts once per code, however many of its roles named it. Cells below ``least``
    are suppressed, none included: neither that one nor that two said so is told. Where exactly one
    cell of a line is suppressed by its size, the smallest other one goes too, so that nobody can
    subtract.

    Args:
        said: Who named what; may repeat.
        codes: Question → its codes in order.
        least: Smallest number shown.
    """
    towns: dict[str, set[int]] = {}
    cells: dict[tuple[str, str, str], set[int]] = {}
    for one in said:
        towns.setdefault(one.question, set()).add(one.town)
        cells.setdefault((one.question, one.code, one.kind), set()).add(one.town)
    found = []
    for question, known in codes.items():
        n = len(towns.get(question, ()))
        lines = [_line(code, question, cells, least) for code in known] if n >= least else []
        found.append(Agreement(question, n if n >= least else None, tuple(lines)))
    return found


def _line(
    code: str, question: str, cells: Mapping[tuple[str, str, str], set[int]], least: int
) -> Line:
    counts = {kind: len(cells.get((question, code, kind), ())) for kind in KINDS}
    total = sum(counts.values())
    shown = {kind: n if n >= least else None for kind, n in counts.items()}
    hidden = [kind for kind, n in counts.items() if 0 < n < least]
    if len(hidden) == 1:
        kept = [kind for kind, n in shown.items() if n is not None]
        for kind in sorted(kept, key=lambda one: counts[one])[:1]:
            shown[kind] = None
    return Line(code, total if total >= least else None, shown)
