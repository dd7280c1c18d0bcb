"""The rows of a comparison: the same for any selection, blanks stay visible (CAT-601, 602)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from django.utils.translation import gettext

from mehrwert.base.clock import from_us, now_us
from mehrwert.catalogue import facts, presenting, queries, wording
from mehrwert.catalogue.models import Solution
from mehrwert.catalogue.profile import field_of
from mehrwert.catalogue.rules import provenance_of, read_pointer
from mehrwert.figures.text import number
from mehrwert.stats.unit_cost import USUAL_LIFE_YEARS, TownCost, unit_cost

TOTAL_YEARS = 5
# fields of the profile in the order of the page; the same for every selection
COMPARED = (
    "/problem",
    "/fields_of_action",
    "/solution_type",
    "/component_type",
    "/stage",
    "/technologies",
    "/preconditions/base_components",
    "/preconditions/staff_hours_per_week",
    "/preconditions/networks",
    "/code/licence",
    "/code/repository_url",
    "/programme",
    "/ended",
    "/lessons/would_do_again",
    "/lessons/what_differently",
    "/trust/accessibility",
    "/trust/dpia",
    "/contact/unit",
)


@dataclass(frozen=True, slots=True)
class OwnPrice:
    """What somebody would pay for one solution, in euros as they bear them."""

    once: Fraction
    yearly: Fraction


@dataclass(frozen=True, slots=True)
class OwnNumbers:
    """Numbers that a reader puts in: inhabitants, years of use, a price per solution (by slug)."""

    population: int | None = None
    life_years: int = USUAL_LIFE_YEARS
    prices: Mapping[str, OwnPrice] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """One row: a text per solution; ``is_same`` when all say the same."""

    key: str
    label: str
    texts: list[str]

    @property
    def is_same(self) -> bool:
        """Say whether there is no difference in this row."""
        return len(set(self.texts)) == 1


def compared_lines(
    chosen: Sequence[Solution], rows: Mapping[int, queries.SolutionRow], own: OwnNumbers
) -> list[Line]:
    """Return all rows for a selection."""
    return [*_counted(chosen, rows, own), *_told(chosen)]


def _counted(
    chosen: Sequence[Solution], rows: Mapping[int, queries.SolutionRow], own: OwnNumbers
) -> list[Line]:
    """Return the rows that do not stand in a profile."""
    said = wording.not_said()
    texts: dict[str, tuple[str, list[str]]] = {
        "short": (gettext("Worum es geht"), [s.short_description or said for s in chosen]),
        "status": (gettext("Status"), [wording.status_text(s) for s in chosen]),
        "evidence": (gettext("Wirkung und Belege"), [_evidence(s) for s in chosen]),
        "declared": (
            gettext("Nachgenutzt, selbst erklärt"),
            [wording.counts_text(rows[s.pk].uses.declared) or gettext("niemand") for s in chosen],
        ),
        "documented": (
            gettext("Nachgenutzt, dokumentiert"),
            [wording.counts_text(rows[s.pk].uses.documented) or gettext("niemand") for s in chosen],
        ),
        "tests": (gettext("Tests"), [str(rows[s.pk].uses.tests) for s in chosen]),
        "cost": (gettext("Kosten je Einwohner und Jahr"), [_cost(rows[s.pk]) for s in chosen]),
    }
    if own.population:
        label = gettext("Kosten im Jahr bei %(n)s Einwohnern") % {"n": _number(own.population)}
        texts["cost_here"] = (label, [_cost(rows[s.pk], own.population) for s in chosen])
    if own.prices:
        label = gettext("Eigene Rechnung: je Einwohner und Jahr")
        texts["own_unit"] = (label, [_own_unit(s, own) for s in chosen])
        label = gettext("Eigene Rechnung: Summe in fünf Jahren")
        texts["own_total"] = (label, [_own_total(s, own) for s in chosen])
    return [Line(key, label, values) for key, (label, values) in texts.items()]


def _number(value: float) -> str:
    return number(value, 0, language=wording.language())


def _evidence(solution: Solution) -> str:
    shown = presenting.evidence_shown(solution)
    if not shown["is_known"]:
        return gettext("keine Messung")
    values = {"n": shown["class"], "word": shown["word"]}
    return f"{shown['sentence']} · " + gettext("Stufe %(n)s von 4: %(word)s") % values


def _cost(row: queries.SolutionRow, population: int | None = None) -> str:
    if row.cost is None:
        return wording.not_said()
    if population is None:
        shown = presenting.cost_shown(row.cost) or {}
        return f"{shown['range']} ({shown['n']})"
    ends = {"low": _number(row.cost.low * population), "high": _number(row.cost.high * population)}
    return gettext("%(low)s bis %(high)s €") % ends


def _own_unit(solution: Solution, own: OwnNumbers) -> str:
    """Return one-off over the years of use plus yearly, per inhabitant (transfer 5.2)."""
    price = own.prices.get(solution.slug)
    if price is None or not own.population:
        return gettext("nicht gerechnet")
    town = TownCost(price.once, price.yearly, own.population, 0, own.life_years)
    cost = unit_cost(town, {}, 0)
    return f"{number(float(cost.annual), 2, language=wording.language())} €"


def _own_total(solution: Solution, own: OwnNumbers) -> str:
    price = own.prices.get(solution.slug)
    if price is None:
        return gettext("nicht gerechnet")
    return f"{_number(float(price.once + TOTAL_YEARS * price.yearly))} €"


def _told(chosen: Sequence[Solution]) -> list[Line]:
    """Return the rows of the profile, the same for every selection (CAT-601)."""
    today = from_us(now_us()).date()
    lines = []
    for pointer in COMPARED:
        field = field_of(pointer)
        if field is None:  # pragma: no cover - the schema holds them all, a test says so
            continue
        texts = []
        for solution in chosen:
            fact = facts.fact_of(solution, field, today)
            texts.append(", ".join(fact.lines) or _blank(solution, pointer))
        lines.append(Line(pointer, field.label(wording.language()), texts))
    dates = [
        wording.short_day(s.source_date) if s.source_date else gettext("Alter der Quelle unbekannt")
        for s in chosen
    ]
    return [*lines, Line("source_date", gettext("Stand"), dates)]


def _blank(solution: Solution, pointer: str) -> str:
    """Say since when nobody said anything, or that nobody was ever asked."""
    told = provenance_of(solution.provenance, pointer)
    if read_pointer(solution.profile, pointer) is None and told.asked_on:
        day = wording.short_day(told.asked_on)
        return gettext("keine Angabe seit %(day)s") % {"day": day}
    return gettext("keine Angabe, nie gefragt")


def order_of(lines: Sequence[Line], key: str, count: int) -> list[int]:
    """Return the order of the columns by one row, as given without one; there is no total."""
    line = next((line for line in lines if line.key == key), None)
    if line is None:
        return list(range(count))
    return sorted(range(count), key=lambda i: (line.texts[i].startswith("keine"), line.texts[i]))
