"""What a use or a project costs: entered, and shown in the catalogue per inhabitant and year."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.db import transaction
from django.utils.translation import gettext

from mehrwert.base.actions import record_audit
from mehrwert.base.actor import Actor
from mehrwert.base.clock import from_us, now_us
from mehrwert.base.tenant import current_tenant_id
from mehrwert.catalogue import actions as catalogue
from mehrwert.municipalities.models import Tenant
from mehrwert.portfolio import queries
from mehrwert.portfolio.choices import (
    ANSWERED,
    POSITION_LABELS,
    CostVisibility,
    LineState,
    SourceKind,
    VatState,
)
from mehrwert.portfolio.errors import AmountMissingError, ZeroReasonError
from mehrwert.portfolio.facts import read_price_index
from mehrwert.portfolio.models import CostLine, CostSheet, DeclaredAdoption, Project
from mehrwert.portfolio.rules.costs import Line, SheetSum
from mehrwert.stats.unit_cost import TownCost, unit_cost

PLACES = Decimal("0.00000001")
IN_THE_SUM = "in der Summe enthalten"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetInput:
    """The head of a cost sheet; see ``CostSheet``."""

    price_year: int
    source_kind: SourceKind
    source: str = ""
    vat: VatState = VatState.UNKNOWN
    visibility: CostVisibility = CostVisibility.AGGREGATE
    funded_percent: Decimal | None = None
    budget_product: str = ""
    life_years: int = 5
    growth: Decimal = Decimal(0)
    population: int | None = None


def save_costs(
    owner: DeclaredAdoption | Project, given: SheetInput, lines: Sequence[Line], *, actor: Actor
) -> CostSheet:
    """Keep what a use or a project costs; lines not given stay as they are.

    A use and the project it belongs to have one sheet together. What may be seen is pushed into
    the catalogue per inhabitant and year, and taken out when it may not be seen any more.

    Raises:
        ZeroReasonError: A position is 0 without a reason.
        AmountMissingError: A position says amount and has none.
    """
    for line in lines:
        _check(line)
    with transaction.atomic():
        sheet = _sheet_of(owner, given)
        for line in lines:
            values = {
                name: value
                for name, value in asdict(line).items()
                if name not in {"position", "growth"}
            }
            CostLine.objects.update_or_create(
                tenant_id=sheet.tenant_id, sheet=sheet, position=line.position, defaults=values
            )
        _publish(sheet, actor)
        _audit(sheet, actor)
    return sheet


def cover_rest(sheet: CostSheet, *, actor: Actor) -> CostSheet:
    """Say that the sum not split holds everything: all unknown positions become 0 with a reason."""
    with transaction.atomic():
        for position in queries.sum_of_sheet(sheet).unknown:
            if position in ANSWERED:
                CostLine.objects.update_or_create(
                    tenant_id=sheet.tenant_id,
                    sheet=sheet,
                    position=position,
                    defaults={"state": LineState.ZERO.value, "reason": IN_THE_SUM},
                )
        _publish(sheet, actor)
        _audit(sheet, actor)
    return sheet


def _check(line: Line) -> None:
    label = {"position": gettext(POSITION_LABELS[line.position])}
    if line.state is LineState.ZERO and not line.reason.strip():
        raise ZeroReasonError(**label)
    amounts = (line.once, line.yearly, line.hours_once, line.hours_yearly)
    if line.state is LineState.AMOUNT and all(amount is None for amount in amounts):
        raise AmountMissingError(**label)


def _sheet_of(owner: DeclaredAdoption | Project, given: SheetInput) -> CostSheet:
    values = {**asdict(given), "verified_on": _today(), "changed_us": now_us()}
    sheet = queries.read_sheet(owner)
    if sheet is None:
        sheet = CostSheet(tenant_id=current_tenant_id())
    for name, value in values.items():
        setattr(sheet, name, value)
    if isinstance(owner, Project):
        sheet.project = owner
    else:
        sheet.adoption = owner
        project = owner.project
        others = CostSheet.objects.exclude(pk=sheet.pk)
        if project is not None and not others.filter(project=project).exists():
            sheet.project = project
    sheet.save()
    return sheet


def _publish(sheet: CostSheet, actor: Actor) -> None:
    """Bring the catalogue up to what the sheet says."""
    adoption = sheet.adoption
    if adoption is None:
        return
    tenant = Tenant.objects.get(pk=sheet.tenant_id)
    found = queries.sum_of_sheet(sheet)
    population = queries.population_of(sheet)
    is_shown = adoption.is_public and sheet.visibility != CostVisibility.TENANT
    if not is_shown or not population or (found.once is None and found.yearly is None):
        catalogue.forget_cost(adoption.solution, tenant, actor=actor)
        return
    cost = _unit(sheet, found, population)
    catalogue.record_cost(adoption.solution, tenant, cost, actor=actor)


def _unit(sheet: CostSheet, found: SheetSum, population: int) -> catalogue.Cost:
    """Return the cost per inhabitant and year at the prices of the newest index year."""
    index = read_price_index()
    town = TownCost(
        Fraction(found.once or 0),
        Fraction(found.yearly or 0),
        population,
        sheet.price_year,
        sheet.life_years,
    )
    values = {year: Fraction(value) for year, value in index.values.items()}
    unit = unit_cost(town, values, index.base_year)
    blocks = {
        block.value: unit_cost(
            replace(town, once=Fraction(once), yearly=Fraction(yearly)), values, index.base_year
        )
        for block, (once, yearly) in queries.blocks_of_sheet(sheet).items()
    }
    return catalogue.Cost(
        per_inhabitant_year=_decimal(unit.annual),
        per_inhabitant_once=None if found.once is None else _decimal(unit.once),
        per_inhabitant_running=None if found.yearly is None else _decimal(unit.yearly),
        price_year=index.base_year if unit.is_converted else sheet.price_year,
        source_kind=sheet.source_kind,
        source=sheet.source or sheet.source_kind,
        is_lower_bound=found.is_lower_bound,
        verified_on=sheet.verified_on,
        hours_year=found.hours_yearly,
        blocks={
            block: (str(_decimal(part.once)), str(_decimal(part.yearly)))
            for block, part in blocks.items()
        },
        is_converted=unit.is_converted,
        operating_model=sheet.adoption.operating_model if sheet.adoption else "",
    )


def _decimal(value: Fraction) -> Decimal:
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(PLACES)


def _today() -> date:
    return from_us(now_us()).date()


def _audit(sheet: CostSheet, actor: Actor) -> None:
    found = queries.sum_of_sheet(sheet)
    owner = sheet.adoption.solution.name if sheet.adoption else str(sheet.project)
    record_audit(
        actor=actor,
        verb="record",
        kind="cost_sheet",
        object_id=sheet.pk,
        label=owner,
        after={
            "once": None if found.once is None else str(found.once),
            "yearly": None if found.yearly is None else str(found.yearly),
            "unknown": len(found.unknown),
        },
        tenant_id=sheet.tenant_id,
    )
