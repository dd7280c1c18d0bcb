"""Reads cost sheets: lines, sums, whom they belong to."""

from decimal import Decimal

from mehrwert.catalogue.choices import CostBlock
from mehrwert.municipalities.models import Tenant
from mehrwert.portfolio.choices import LineState, Position, VatState
from mehrwert.portfolio.models import CostLine, CostSheet, DeclaredAdoption, Project
from mehrwert.portfolio.rules.costs import Line, SheetSum, sum_by_block, sum_of


def read_sheet(owner: DeclaredAdoption | Project) -> CostSheet | None:
    """Return the sheet of a use or a project; a use without one shares that of its project."""
    rows = CostSheet.objects.select_related("adoption__solution", "project")
    if isinstance(owner, Project):
        return rows.filter(project=owner).first()
    own = rows.filter(adoption=owner).first()
    if own is None and owner.project_id is not None:
        own = rows.filter(project_id=owner.project_id, adoption=None).first()
    return own


def list_lines(sheet: CostSheet) -> dict[Position, Line]:
    """Return position → line; positions without a row are left out."""
    return {
        Position(row.position): Line(
            position=Position(row.position),
            state=LineState(row.state),
            once=row.once,
            yearly=row.yearly,
            hours_once=row.hours_once,
            hours_yearly=row.hours_yearly,
            growth=sheet.growth,
            reason=row.reason,
            driver=row.driver,
        )
        for row in CostLine.objects.filter(sheet=sheet)
    }


def sum_of_sheet(sheet: CostSheet) -> SheetSum:
    """Return the sums as the municipality bears them."""
    return sum_of(list(list_lines(sheet).values()), VatState(sheet.vat))


def blocks_of_sheet(sheet: CostSheet) -> dict[CostBlock, tuple[Decimal, Decimal]]:
    """Return block → euros once and each year; empty where the costs are not split."""
    return sum_by_block(list(list_lines(sheet).values()), VatState(sheet.vat))


def population_of(sheet: CostSheet) -> int | None:
    """Return the inhabitants a cost is divided by: as entered, else of the municipality."""
    if sheet.population is not None:
        return sheet.population
    return Tenant.objects.values_list("population", flat=True).get(pk=sheet.tenant_id)
