"""Five years of costs as a workbook: what the page shows, with formulas that can be followed."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import get_language, gettext

from mehrwert.catalogue.choices import COST_BLOCK_LABELS, SPLIT_BLOCKS, CostBlock
from mehrwert.catalogue.queries import BlockCosts, SolutionCosts
from mehrwert.catalogue.rules.own_costs import TOTAL_YEARS, Calculation, OwnCosts
from mehrwert.documents.workbook import Book, Cell, Formula, Look, Sheet
from mehrwert.stats.unit_cost import Span

# rows of the table and of the page
ORDER = tuple(block.value for block in (CostBlock.UNSPLIT, *SPLIT_BLOCKS))
PEOPLE, YEARS, FUNDED, HOURS, RATE = "$B$4", "$B$5", "$B$6", "$B$7", "$B$8"
WHOLE_ROW = 11
FIRST_ROW = 12
LAST_ROW = FIRST_ROW + len(CostBlock) - 1
WIDTHS = (30, 12, 14, 14, 14, 14, 14, 14, 16, 16, 16, 16, 16, 16, 18)
EMPTY = Cell("")
ZERO = Fraction(0)


def cost_book(
    name: str, paid: SolutionCosts, own: OwnCosts, found: Calculation, today: date
) -> Book:
    """Return the workbook of one solution; without own amounts these cells stay empty."""
    rows = [
        *_head(name, paid, own, today),
        _whole(paid.whole),
        *_blocks(paid, found),
        [],
        *_sums(found),
    ]
    sheet = Sheet(gettext("Fünf Jahre"), rows, WIDTHS)
    language = "en" if get_language() == "en" else "de"
    return Book(f"{gettext('Kosten')}: {name}", [sheet], today.isoformat(), language)


def _head(name: str, paid: SolutionCosts, own: OwnCosts, today: date) -> Iterator[Sequence[Cell]]:
    said = gettext("Stand %(day)s. %(n)d Angaben, keine einzelne ist ablesbar.")
    yield [Cell(f"{gettext('Kosten in fünf Jahren')}: {name}", Look.HEAD)]
    yield [Cell(said % {"day": today.isoformat(), "n": paid.n_records})]
    yield [Cell(gettext("Gelb: Ihre Zahlen. Was leer ist, zählt nicht mit."))]
    given: list[tuple[str, int | Fraction | str]] = [
        (gettext("Einwohner"), own.population),
        (gettext("Jahre"), TOTAL_YEARS),
        (gettext("Förderung in Prozent der einmaligen Beträge"), own.funded_percent),
        (gettext("Eigene Stunden im Jahr"), _or_empty(own.hours_year)),
        (_rate_words(own), _or_empty(own.rate)),
    ]
    for label, value in given:
        yield [Cell(label), Cell(value, Look.INPUT)]
    yield [Cell(gettext("Beträge in Euro; die Spanne je Einwohner, in Preisen des Basisjahrs."))]
    spans = [
        f"{part}, {end}"
        for part in (gettext("einmalig"), gettext("jährlich"), gettext("fünf Jahre"))
        for end in (gettext("niedrig"), gettext("Mitte"), gettext("hoch"))
    ]
    own_columns = (
        gettext("eigen, einmalig"), gettext("eigen, jährlich"), gettext("eigen, fünf Jahre"),
        gettext("Unterschied zur Mitte"),
    )  # fmt: skip
    labels = (gettext("Block"), gettext("Kommunen"), *spans, *own_columns)
    yield [Cell(label, Look.HEAD) for label in labels]


def _rate_words(own: OwnCosts) -> str:
    if own.rate_on is None:
        return gettext("Euro je Stunde")
    return gettext("Euro je Stunde, vom %(day)s") % {"day": own.rate_on.isoformat()}


def _whole(whole: BlockCosts) -> list[Cell]:
    return [Cell(gettext("alles zusammen"), Look.HEAD), *_span_cells(whole, WHOLE_ROW)]


def _blocks(paid: SolutionCosts, found: Calculation) -> Iterator[list[Cell]]:
    by_block = {one.block: one for one in paid.blocks}
    nothing = BlockCosts(CostBlock.UNSPLIT, 0, None, None, None)
    for row, line in enumerate(found.lines, FIRST_ROW):
        cells = [
            Cell(gettext(COST_BLOCK_LABELS[line.block])),
            *_span_cells(by_block.get(line.block, nothing), row),
            Cell(_or_empty(line.once), Look.INPUT),
            Cell(_or_empty(line.yearly), Look.INPUT),
        ]
        own = line.own or ZERO
        cells.append(Cell(Formula(f"=L{row}+{YEARS}*M{row}", own), Look.AMOUNT))
        if line.others is not None:
            difference = f"=(COUNT(L{row}:M{row})>0)*(N{row}-J{row})"
            cells.append(Cell(Formula(difference, line.difference or ZERO), Look.AMOUNT))
        yield cells


def _span_cells(one: BlockCosts, row: int) -> list[Cell]:
    """Return n and nine cells: once, each year, five years, each low, middle, high."""
    if one.once is None or one.yearly is None or one.total is None:
        return [Cell(one.n), Cell(gettext("nicht berechenbar")), *[EMPTY] * 8]
    inputs = [Cell(value) for span in (one.once, one.yearly) for value in _ends(span)]
    columns = zip("CDE", "FGH", _ends(one.total), strict=True)
    totals = [
        Cell(Formula(f"={PEOPLE}*({once}{row}+{YEARS}*{yearly}{row})", total), Look.AMOUNT)
        for once, yearly, total in columns
    ]
    return [Cell(one.n), *inputs, *totals]


def _ends(span: Span) -> tuple[Fraction, Fraction, Fraction]:
    return span.low, span.base, span.high


def _sums(found: Calculation) -> Iterator[list[Cell]]:
    """Yield what comes out, one line each, in the order of the page."""
    row = LAST_ROW + 2
    once = sum((line.once or ZERO for line in found.lines), ZERO)
    yield _sum(gettext("Eigene Kosten"), f"=SUM(N{FIRST_ROW}:N{LAST_ROW})", found.own)
    yield _sum(gettext("davon einmalig"), f"=SUM(L{FIRST_ROW}:L{LAST_ROW})", once)
    yield _sum(gettext("Förderung"), f"=B{row + 1}*{FUNDED}/100", found.funding)
    yield _sum(gettext("Das bleibt zu tragen"), f"=B{row}-B{row + 2}", found.borne)
    yield _sum(
        gettext("Unterschied zur Mitte der anderen"), f"=B{row}-J{WHOLE_ROW}", found.difference
    )
    yield _sum(
        gettext("davon durch Blöcke erklärt"), f"=SUM(O{FIRST_ROW}:O{LAST_ROW})", found.explained
    )
    yield _sum(gettext("davon nicht erklärt"), f"=B{row + 4}-B{row + 5}", found.rest)
    yield _sum(gettext("Eigene Stunden"), f"={HOURS}*{YEARS}", found.hours)
    yield _sum(
        gettext("Stunden zum Stundensatz, kein Betrag des Haushalts"),
        f"=B{row + 7}*{RATE}",
        found.hours_eur,
    )


def _sum(label: str, formula: str, value: Fraction | None) -> list[Cell]:
    if value is None:
        return [Cell(label), Cell(gettext("nicht berechenbar"))]
    return [Cell(label), Cell(Formula(formula, value), Look.SUM)]


def _or_empty(value: Fraction | Decimal | None) -> Fraction | str:
    return "" if value is None else Fraction(value)
