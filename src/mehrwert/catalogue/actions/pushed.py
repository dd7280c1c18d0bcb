"""What rooms above know and lists must search: adoptions, costs, evidence; pushed down here.

These rooms check who may do it and audit the change in the terms they know it by; here the fact is
stored, audited and indexed.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from mehrwert.base.actions import emit, record_audit
from mehrwert.base.actor import Actor
from mehrwert.base.clock import from_us, now_us
from mehrwert.catalogue.actions.indexing import index_solutions
from mehrwert.catalogue.choices import AdoptionStatus, Basis, Relation
from mehrwert.catalogue.errors import NotOwnEntryError, UnknownSolutionError
from mehrwert.catalogue.events import AdoptionRecorded
from mehrwert.catalogue.models import Adoption, CostRecord, Solution
from mehrwert.catalogue.queries import home_of_tenant
from mehrwert.catalogue.rules import size_class_of
from mehrwert.municipalities.models import Tenant

OWN_KINDS = ("relation", "status", "since")


@dataclass(frozen=True, slots=True)
class Declaration:
    """What a municipality says about its own use; an empty text is: nobody said.

    Args:
        relation, status: The two axes, now.
        since: Year, month or day.
        stages: Stage → ISO day on which it was first reached.
        origin_name, origin_basis: Whom it was learned from, and what that rests on.
        extent, operating_model, contact_role: How much, who runs it, which role to ask.
    """

    relation: Relation
    status: AdoptionStatus
    since: str = ""
    stages: Mapping[str, str] = field(default_factory=dict)
    origin_name: str = ""
    origin_basis: str = ""
    extent: str = ""
    operating_model: str = ""
    contact_role: str = ""


def record_adoption(
    solution: Solution,
    tenant: Tenant,
    told: Declaration,
    *,
    verified_on: date | None = None,
    actor: Actor,
) -> Adoption:
    """Store what a municipality declares about itself; a later declaration replaces the earlier.

    What sources say of the same place stays beside it and is never added to it. ``verified_on`` is
    the day it was last confirmed, today unless given.
    """
    place = home_of_tenant(tenant)
    today = from_us(now_us()).date()
    with transaction.atomic():
        row, _ = Adoption.objects.update_or_create(
            solution=solution,
            basis=Basis.DECLARED,
            tenant_id=tenant.pk,
            defaults={
                **asdict(told),
                "place_level": place.level,
                "place_key": place.key,
                "place_name": place.name,
                "place_population": None if place.key else place.population,
                "source_name": place.name,
                "source": f"declared:{place.key or tenant.ars}",
                "verified_on": verified_on or today,
                "changed_us": now_us(),
            },
        )
        _audit(solution, "record", actor, tenant.pk, {n: getattr(told, n) for n in OWN_KINDS})
        event = AdoptionRecorded(solution.pk, solution.slug, place.key, told.status)
        emit(event, tenant_id=tenant.pk)
        index_solutions([solution.pk])
    return row


def forget_adoption(solution: Solution, tenant: Tenant, *, actor: Actor) -> None:
    """Take a declaration out of what everybody can read: the municipality shows it no longer."""
    rows = Adoption.objects.filter(solution=solution, basis=Basis.DECLARED, tenant_id=tenant.pk)
    with transaction.atomic():
        if rows.delete()[0]:
            _audit(solution, "withdraw", actor, tenant.pk, {})
            index_solutions([solution.pk])


def object_to_adoption(adoption: Adoption, tenant: Tenant, text: str, *, actor: Actor) -> None:
    """Put the maintainer's objection beside a declaration, or take it back with an empty text.

    The declaration itself stays as it is: only who declared it changes it (TRF-106).

    Raises:
        NotOwnEntryError: The solution is maintained by somebody else.
    """
    if adoption.solution.owner_tenant_id != tenant.pk:
        raise NotOwnEntryError
    with transaction.atomic():
        adoption.objection = text.strip()[:500]
        adoption.objection_on = from_us(now_us()).date() if adoption.objection else None
        adoption.save(update_fields=["objection", "objection_on"])
        after = {"place": adoption.place_name, "objection": adoption.objection}
        _audit(adoption.solution, "object", actor, tenant.pk, after)


def answer_documented(adoption: Adoption, tenant: Tenant, *, is_true: bool, actor: Actor) -> None:
    """Confirm or deny what a source says of the own municipality (TRF-107).

    A denied one leaves all counts, the note of the source stays. A confirmed one is declared by
    the room that keeps adoptions, beside the source.

    Raises:
        NotOwnEntryError: The source speaks of another place.
    """
    place = home_of_tenant(tenant)
    if not place.key or (adoption.place_level, adoption.place_key) != (place.level, place.key):
        raise NotOwnEntryError
    with transaction.atomic():
        adoption.is_denied, adoption.changed_us = not is_true, now_us()
        adoption.save(update_fields=["is_denied", "changed_us"])
        verb = "confirm" if is_true else "deny"
        after = {"place": adoption.place_name, "relation": adoption.relation}
        _audit(adoption.solution, verb, actor, tenant.pk, after)
        index_solutions([adoption.solution_id])


@dataclass(frozen=True, slots=True)
class Cost:
    """What one adoption costs, in euros of ``price_year`` per inhabitant; see ``CostRecord``."""

    per_inhabitant_year: Decimal
    price_year: int
    source_kind: str
    source: str
    is_lower_bound: bool = False
    verified_on: date | None = None
    per_inhabitant_once: Decimal | None = None
    per_inhabitant_running: Decimal | None = None
    hours_year: Decimal | None = None
    blocks: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    is_converted: bool = True
    operating_model: str = ""


def record_cost(solution: Solution, tenant: Tenant, cost: Cost, *, actor: Actor) -> CostRecord:
    """Store what a municipality pays; a later amount replaces the earlier one."""
    place = home_of_tenant(tenant)
    with transaction.atomic():
        row, _ = CostRecord.objects.update_or_create(
            solution=solution,
            place_key=place.key or tenant.ars,
            defaults={
                **asdict(cost),
                "size_class": size_class_of(place.level, place.population) or "",
                "tenant_id": tenant.pk,
                "changed_us": now_us(),
            },
        )
        after = {"per_inhabitant_year": str(cost.per_inhabitant_year), "kind": cost.source_kind}
        _audit(solution, "record", actor, tenant.pk, after)
    return row


def forget_cost(solution: Solution, tenant: Tenant, *, actor: Actor) -> None:
    """Take what a municipality pays out of the catalogue."""
    place = home_of_tenant(tenant)
    rows = CostRecord.objects.filter(solution=solution, place_key=place.key or tenant.ars)
    with transaction.atomic():
        if rows.filter(tenant_id=tenant.pk).delete()[0]:
            _audit(solution, "withdraw", actor, tenant.pk, {"kind": "cost"})


def set_evidence_summary(
    solution_id: int,
    *,
    evidence_class: int | None,
    direction: str,
    shown: Mapping[str, Any],
    actor: Actor,
) -> None:
    """Show the newest synthesis on the page and in the list; None takes it away.

    Args:
        solution_id: Primary key of the solution.
        evidence_class: 0 to 4.
        direction: ``better``, ``worse``, ``no_relevant_difference`` or ``unclear``.
        shown: ``sentence``, ``interval``, ``note`` in words, with the ending ``_en`` in English;
            ``value``, ``low``, ``high`` in smallest relevant effects, positive is better.
        actor: Who released it.

    Raises:
        UnknownSolutionError: No such solution.
    """
    with transaction.atomic():
        row = Solution.objects.select_for_update().filter(pk=solution_id).first()
        if row is None:
            raise UnknownSolutionError
        before = {"evidence_class": row.evidence_class, "direction": row.evidence_direction}
        is_known = evidence_class is not None
        told = (evidence_class, direction if is_known else "", dict(shown) if is_known else {})
        if told == (row.evidence_class, row.evidence_direction, row.evidence):
            return
        row.evidence_class, row.evidence_direction, row.evidence = told
        row.changed_us = now_us()
        row.save()
        after = {"evidence_class": evidence_class, "direction": direction}
        _audit(row, "evidence", actor, None, after, before)
        index_solutions([row.pk])


def _audit(
    solution: Solution,
    verb: str,
    actor: Actor,
    tenant_id: int | None,
    after: Mapping[str, Any],
    before: Mapping[str, Any] | None = None,
) -> None:
    record_audit(
        actor=actor,
        verb=verb,
        kind="solution",
        object_id=solution.pk,
        label=solution.name,
        before=before,
        after=after,
        tenant_id=tenant_id,
    )
