"""Costs in words: a sheet with its sums, rows of its file."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext, ngettext

from mehrwert.catalogue.choices import COST_BLOCK_LABELS, CostBlock
from mehrwert.figures import number
from mehrwert.portfolio import queries
from mehrwert.portfolio.choices import (
    ANSWERED,
    COST_VISIBILITY_LABELS,
    LINE_STATE_LABELS,
    POSITION_LABELS,
    SOURCE_KIND_LABELS,
    VAT_LABELS,
    LineState,
    Position,
)
from mehrwert.portfolio.facts import read_price_index
from mehrwert.portfolio.models import CostSheet
from mehrwert.portfolio.rules.costs import Line, blocks_of
from mehrwert.stats.unit_cost import TownCost, unit_cost

CURRENCY = "EUR"
SHEET_COLUMNS = (
    "position", "block", "stand", "einmalig", "jaehrlich", "waehrung", "menge", "stunden_jahr",
    "grund", "preisjahr", "nutzungsdauer_jahre", "umsatzsteuer", "herkunft", "beleg",
    "gefoerdert_prozent", "produkt", "bestaetigt_am",
)  # fmt: skip


def euros(amount: Decimal | Fraction | float, places: int = 2) -> str:
    """Return an amount as people read it in their language."""
    return f"{number(float(amount), places, language=get_language() or 'de')} €"


def euros_or_unknown(amount: Decimal | None, places: int = 2) -> str:
    """Return an amount, or that nobody knows it."""
    return gettext("nicht bekannt") if amount is None else euros(amount, places)


def hours(amount: Decimal | None) -> str:
    """Return hours, or that nobody said any."""
    if amount is None:
        return gettext("nicht bekannt")
    return f"{number(float(amount), 0, language=get_language() or 'de')} h"


def sheet_shown(sheet: CostSheet) -> dict[str, Any]:
    """Return the sums, the cost per inhabitant and year, and what is missing."""
    found = queries.sum_of_sheet(sheet)
    population = queries.population_of(sheet)
    unknown = [gettext(POSITION_LABELS[p]) for p in found.unknown]
    per_head = None
    if population and (found.once is not None or found.yearly is not None):
        town = TownCost(
            Fraction(found.once or 0),
            Fraction(found.yearly or 0),
            population,
            sheet.price_year,
            sheet.life_years,
        )
        index = read_price_index()
        values = {year: Fraction(value) for year, value in index.values.items()}
        unit = unit_cost(town, values, index.base_year)
        per_head = {
            "amount": euros(unit.annual),
            "year": index.base_year if unit.is_converted else sheet.price_year,
            "is_converted": unit.is_converted,
        }
    return {
        "once": euros_or_unknown(found.once),
        "yearly": euros_or_unknown(found.yearly),
        "hours": hours(found.hours_yearly),
        "per_head": per_head,
        "population": population,
        "unknown": unknown,
        "n_unknown": ngettext("%(n)d Position offen", "%(n)d Positionen offen", len(unknown))
        % {"n": len(unknown)},
        "is_lower_bound": found.is_lower_bound,
        "has_unsplit": found.has_unsplit,
        "price_year": sheet.price_year,
        "life_years": sheet.life_years,
        "source_kind": gettext(SOURCE_KIND_LABELS[sheet.source_kind]),
        "source": sheet.source,
        "vat": gettext(VAT_LABELS[sheet.vat]),
        "visibility": gettext(COST_VISIBILITY_LABELS[sheet.visibility]),
        "verified_on": sheet.verified_on,
    }


def sheet_rows(sheet: CostSheet) -> Iterable[Sequence[Any]]:
    """Return every position as a row of a file; unknown ones stand there too."""
    lines = queries.list_lines(sheet)
    for position in (Position.UNSPLIT, *ANSWERED):
        line = lines.get(position)
        if line is None and position is Position.UNSPLIT:
            continue
        yield (
            gettext(POSITION_LABELS[position]),
            _block_words(position, line),
            (line.state if line else LineState.UNKNOWN).value,
            line.once if line else "",
            line.yearly if line else "",
            CURRENCY,
            line.driver if line else "",
            line.hours_yearly if line else "",
            line.reason if line else "",
            sheet.price_year,
            sheet.life_years,
            sheet.vat,
            sheet.source_kind,
            sheet.source,
            sheet.funded_percent,
            sheet.budget_product,
            sheet.verified_on,
        )


def _block_words(position: Position, line: Line | None) -> str:
    """Return the block or blocks of a position (transfer.md 5.1)."""
    if position is Position.UNSPLIT:
        return gettext(COST_BLOCK_LABELS[CostBlock.UNSPLIT])
    blocks = dict.fromkeys(blocks_of(position, line))
    return " / ".join(gettext(COST_BLOCK_LABELS[block]) for block in blocks)


def own_costs_url(sheet: CostSheet, slug: str) -> str:
    """Return the own calculation of the catalogue, filled with what this sheet says."""
    found = queries.sum_of_sheet(sheet)
    blocks = queries.blocks_of_sheet(sheet)
    given: dict[str, Any] = {
        "einwohner": queries.population_of(sheet),
        "stunden": _plain(found.hours_yearly),
        "foerderung": _plain(sheet.funded_percent),
    }
    whole = {CostBlock.UNSPLIT: (found.once, found.yearly)}
    for block, (once, yearly) in (blocks or whole).items():
        given |= {f"einmalig-{block}": _plain(once), f"jaehrlich-{block}": _plain(yearly)}
    query = urlencode({name: value for name, value in given.items() if value not in {None, ""}})
    return f"{reverse('catalogue:own_costs', args=[slug])}?{query}"


def _plain(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}".replace(".", ",")


def state_words(state: LineState) -> str:
    """Return a state of a position in words."""
    return gettext(LINE_STATE_LABELS[state])
