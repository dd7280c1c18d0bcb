"""What adopters of a solution pay: spans by size class, and a total for a town of any size."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from mehrwert.catalogue.choices import SPLIT_BLOCKS, OperatingModel, SizeClass
from mehrwert.catalogue.models import CostRecord, Solution
from mehrwert.catalogue.queries.rows import RANGE_KINDS, counts_in_range
from mehrwert.stats.unit_cost import Span, span_of, total_for

TOTAL_YEARS = 5


@dataclass(frozen=True, slots=True)
class SizeCosts:
    """Towns of one size; ``span`` is euros per inhabitant and year, None below three towns."""

    size_class: str
    n: int
    span: Span | None


@dataclass(frozen=True, slots=True)
class ModelCosts:
    """Towns with one operating model; ``span`` as above."""

    model: str
    n: int
    span: Span | None


@dataclass(frozen=True, slots=True)
class BlockCosts:
    """One block of the towns that split their costs; euros per inhabitant, as rules need them.

    ``total`` is what it comes to for the population asked for; None below three towns.
    """

    block: str
    n: int
    once: Span | None
    yearly: Span | None
    total: Span | None


@dataclass(frozen=True, slots=True)
class SolutionCosts:
    """Costs of a solution; never a single amount.

    Attributes:
        sizes: Size classes with at least one record, smallest towns first.
        every: Over all sizes.
        models: Operating models that somebody names, over all sizes (TRF-404).
        whole: All blocks together, of every town, split or not.
        blocks: Block by block, of the towns that split.
        total: Of five years for the population asked for; None where a part is known too rarely.
        n_records: Records of any kind.
        n_lower_bounds: Of these, with unknown positions; they enter no span.
        n_other_sources: Estimates, price lists, press; they enter no span.
        n_unconverted: In the spans, but at the prices of their own year.
        hours: Span of own hours a year, beside the euros.
    """

    sizes: tuple[SizeCosts, ...]
    every: SizeCosts
    models: tuple[ModelCosts, ...]
    whole: BlockCosts
    blocks: tuple[BlockCosts, ...]
    total: Span | None
    n_records: int
    n_lower_bounds: int
    n_other_sources: int
    n_unconverted: int
    hours: Span | None


def read_costs(solution: Solution, population: int | None = None) -> SolutionCosts:
    """Return what adopters pay; one statement."""
    rows = list(CostRecord.objects.filter(solution=solution).order_by("pk"))
    usable = [row for row in rows if counts_in_range(row)]
    order = list(SizeClass)
    whole = _block("", _pairs(usable), population)
    found = {row.size_class for row in usable} - {""}
    return SolutionCosts(
        sizes=tuple(
            _size(size, [row for row in usable if row.size_class == size])
            for size in sorted(found, key=lambda name: order.index(SizeClass(name)))
        ),
        every=_size("", usable),
        models=tuple(_model(model, usable) for model in _models(usable)),
        whole=whole,
        blocks=tuple(_block(block, _parts(usable, block), population) for block in SPLIT_BLOCKS),
        total=whole.total,
        n_records=len(rows),
        n_lower_bounds=sum(row.is_lower_bound for row in rows),
        n_other_sources=sum(row.source_kind not in RANGE_KINDS for row in rows),
        n_unconverted=sum(not row.is_converted for row in usable),
        hours=span_of(_known(row.hours_year for row in usable)),
    )


def _size(size: str, rows: Sequence[CostRecord]) -> SizeCosts:
    amounts = [Fraction(row.per_inhabitant_year) for row in rows]
    return SizeCosts(size, len(rows), span_of(amounts))


def _models(rows: Sequence[CostRecord]) -> list[str]:
    named = {row.operating_model for row in rows} - {"", OperatingModel.UNKNOWN.value}
    return [model.value for model in OperatingModel if model.value in named]


def _model(model: str, rows: Sequence[CostRecord]) -> ModelCosts:
    amounts = [Fraction(r.per_inhabitant_year) for r in rows if r.operating_model == model]
    return ModelCosts(model, len(amounts), span_of(amounts))


def _pairs(rows: Sequence[CostRecord]) -> list[tuple[object, object]]:
    return [(row.per_inhabitant_once, row.per_inhabitant_running) for row in rows]


def _parts(rows: Sequence[CostRecord], block: str) -> list[tuple[object, object]]:
    return [tuple(row.blocks[block]) for row in rows if block in row.blocks]


def _block(
    block: str, pairs: Sequence[tuple[object, object]], population: int | None
) -> BlockCosts:
    once = span_of(_known(once for once, _ in pairs))
    yearly = span_of(_known(yearly for _, yearly in pairs))
    total = total_for(population, once, yearly, TOTAL_YEARS) if population else None
    return BlockCosts(block, len(pairs), once, yearly, total)


def _known(values: Iterable[object]) -> list[Fraction]:
    return [Fraction(str(value)) for value in values if value is not None]
