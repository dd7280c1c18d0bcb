"""Reads adoptions of the municipality in scope, and what sources say of it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from mehrwert.base.clock import from_us, now_us
from mehrwert.base.tenant import current_tenant_id
from mehrwert.catalogue.models import Adoption as CatalogueAdoption
from mehrwert.catalogue.models import Solution
from mehrwert.catalogue.queries import read_own_catalogue
from mehrwert.municipalities.models import Tenant
from mehrwert.portfolio.choices import CHECKLIST, ChecklistLine, ItemState
from mehrwert.portfolio.errors import UnknownItemError
from mehrwert.portfolio.models import AdoptionEvent, ChecklistItem, DeclaredAdoption, Gate
from mehrwert.portfolio.rules.adoptions import (
    AdoptionState,
    needs_confirmation,
    state_on,
)


@dataclass(frozen=True, slots=True)
class ChecklistRow:
    """One line of the checklist with its answer; ``is_from_project`` gates are answered there."""

    line: ChecklistLine
    state: ItemState
    owner: str
    day: date | None
    proof: str
    reason: str
    is_from_project: bool


def list_adoptions() -> "QuerySet[DeclaredAdoption]":
    """Return what the municipality declared, newest change first."""
    return DeclaredAdoption.objects.select_related("solution", "variant_entry").order_by(
        "-changed_us", "-pk"
    )


def list_due() -> list[DeclaredAdoption]:
    """Return live uses that must be confirmed again, the oldest first."""
    today = from_us(now_us()).date()
    rows = DeclaredAdoption.objects.select_related("solution").order_by("verified_on", "pk")
    return [row for row in rows if needs_confirmation(row.status, row.verified_on, today)]


def list_documented() -> list[CatalogueAdoption]:
    """Return what sources say of this municipality and nobody answered yet."""
    return read_own_catalogue(Tenant.objects.get(pk=current_tenant_id())).documented


def list_own_entries() -> dict[int, Solution]:
    """Return the entries of the catalogue that the municipality keeps itself, by name."""
    rows = Solution.objects.filter(owner_tenant_id=current_tenant_id(), is_withdrawn=False)
    return {row.pk: row for row in rows.order_by("sort_name", "pk")}


def read_declared(solution_id: int) -> DeclaredAdoption | None:
    """Return what the municipality said about one solution, None if nothing."""
    rows = DeclaredAdoption.objects.select_related("solution")
    return rows.filter(solution_id=solution_id).first()


def list_events(row: DeclaredAdoption) -> list[AdoptionEvent]:
    """Return the history in the order in which it was told."""
    return list(AdoptionEvent.objects.filter(adoption=row).order_by("pk"))


def read_state_on(row: DeclaredAdoption, day: date) -> AdoptionState | None:
    """Return relation and status as declared for a day (TRF-103)."""
    return state_on(list_events(row), day)


def list_checklist(row: DeclaredAdoption) -> list[ChecklistRow]:
    """Return all lines in their order; gates come from the linked project, if there is one."""
    items = {item.key: item for item in ChecklistItem.objects.filter(adoption=row)}
    gates = {}
    if row.project_id is not None:
        gates = {gate.key: gate for gate in Gate.objects.filter(project_id=row.project_id)}
    return [_checklist_row(line, items.get(line.key), gates.get(line.gate)) for line in CHECKLIST]


def read_checklist_line(row: DeclaredAdoption, key: str) -> ChecklistRow:
    """Return one line that is answered here.

    Raises:
        UnknownItemError: No such line, or the linked project answers it.
    """
    for found in list_checklist(row):
        if found.line.key == key and not found.is_from_project:
            return found
    raise UnknownItemError


def _checklist_row(
    line: ChecklistLine, item: ChecklistItem | None, gate: Gate | None
) -> ChecklistRow:
    if line.is_gate and gate is not None:
        state = ItemState.DONE if gate.passed_on else ItemState.OPEN
        day = gate.passed_on or gate.planned_on
        return ChecklistRow(line, state, "", day, gate.note, "", is_from_project=True)
    if item is None:
        return ChecklistRow(line, ItemState.OPEN, "", None, "", "", is_from_project=False)
    return ChecklistRow(
        line,
        ItemState(item.state),
        item.owner,
        item.day,
        item.proof,
        item.reason,
        is_from_project=False,
    )
