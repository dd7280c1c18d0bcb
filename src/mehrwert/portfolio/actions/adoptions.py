"""From "we use this" to the end of a use; every change is a new dated event, history stays."""

from dataclasses import asdict, dataclass, fields
from datetime import date

from django.db import transaction

from mehrwert.base.actions import emit, record_audit
from mehrwert.base.actor import Actor
from mehrwert.base.clock import from_us, now_us
from mehrwert.base.tenant import current_tenant_id
from mehrwert.catalogue import actions as catalogue
from mehrwert.catalogue.choices import AdoptionStatus, Relation
from mehrwert.catalogue.models import Adoption as CatalogueAdoption
from mehrwert.catalogue.models import Solution
from mehrwert.municipalities.models import Tenant
from mehrwert.portfolio import access
from mehrwert.portfolio.choices import (
    CHECKLIST_KEYS,
    ItemState,
    OperatingModel,
)
from mehrwert.portfolio.errors import (
    AdoptionEndedError,
    ForeignAdoptionError,
    FutureDayError,
    SkipReasonError,
    UnknownAdoptionError,
    UnknownItemError,
)
from mehrwert.portfolio.events import AdoptionDeclared
from mehrwert.portfolio.models import AdoptionEvent, ChecklistItem, DeclaredAdoption, Project
from mehrwert.portfolio.rules.adoptions import first_day_of, stage_days

GONE = frozenset({AdoptionStatus.ENDED, AdoptionStatus.WITHDRAWN})


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptionInput:
    """What a municipality says about its own use; five fields suffice (TRF-101).

    Args:
        relation, status: The two axes, as they are from ``since`` on.
        since: Year, month or day (2024, 2024-05, 2024-05-17); empty is today.
        contact_role: Which role others may ask.
        origin_name, origin_basis: From whom it was learned, and what that rests on.
        operator, operating_model, extent, variant…: See ``DeclaredAdoption``.
        is_public: Whether everybody may read it in the catalogue.
        note: Why it changed.
    """

    relation: Relation
    status: AdoptionStatus
    since: str = ""
    contact_role: str = ""
    origin_name: str = ""
    origin_basis: str = ""
    operator: str = ""
    operating_model: str = OperatingModel.UNKNOWN.value
    extent: str = ""
    variant: str = ""
    variant_entry: Solution | None = None
    variant_is_public: bool | None = None
    variant_is_offered: bool | None = None
    is_public: bool = True
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EndInput:
    """How a use ended: reason code of the catalogue, day, what came instead, what was learned."""

    reason: str
    on: date
    replaced_by: str = ""
    lessons: str = ""


def declare_adoption(
    solution: Solution, given: AdoptionInput, *, project: Project | None = None, actor: Actor
) -> DeclaredAdoption:
    """Say how this municipality is connected with a solution; nobody else can (TRF-106).

    A second declaration changes the first and adds an event; an event whose relation, status and
    day are known already is not told twice. What is public stands in the catalogue at once.

    Args:
        solution: Any solution of the catalogue.
        given: What is said.
        project: The project it belongs to; None leaves the link as it is.
        actor: Who says it.

    Raises:
        FutureDayError: ``since`` lies ahead.
    """
    today = from_us(now_us()).date()
    since = given.since or today.isoformat()
    if first_day_of(since) > today:
        raise FutureDayError
    with transaction.atomic():
        row = _row_of(solution, given, since, project, actor)
        _tell(row, since, given.note, actor)
        _publish(row, actor)
        _audit(row, "declare", actor, {"relation": row.relation, "status": row.status})
        emit(
            AdoptionDeclared(row.pk, solution.pk, solution.slug, row.relation, row.status),
            tenant_id=row.tenant_id,
        )
    return row


def declare_if_new(
    solution: Solution, status: AdoptionStatus, *, project: Project | None = None, actor: Actor
) -> DeclaredAdoption:
    """Declare a reuse unless the municipality has said something already (decisions 42)."""
    found = DeclaredAdoption.objects.filter(solution=solution).first()
    if found is not None and found.status not in GONE:
        return found
    given = AdoptionInput(relation=Relation.REUSE, status=status)
    return declare_adoption(solution, given, project=project, actor=actor)


def _row_of(
    solution: Solution, given: AdoptionInput, since: str, project: Project | None, actor: Actor
) -> DeclaredAdoption:
    tenant_id = current_tenant_id()
    values = {f.name: getattr(given, f.name) for f in fields(given)}
    values = {k: v for k, v in values.items() if k not in {"since", "note"}}
    values |= {
        "since": since,
        "solution_version": solution.version,
        "declared_by": actor.label[:200],
        "verified_on": from_us(now_us()).date(),
        "changed_us": now_us(),
    }
    if project is not None:
        values["project"] = project
    if given.status not in GONE:
        values |= {"end_reason": "", "replaced_by": "", "lessons": ""}
    row, _ = DeclaredAdoption.objects.update_or_create(
        tenant_id=tenant_id,
        solution=solution,
        defaults=values,
        create_defaults={
            **values,
            "created_us": now_us(),
            "is_demo": Tenant.objects.get(pk=tenant_id).is_demo,
        },
    )
    return row


def end_adoption(row: DeclaredAdoption, given: EndInput, *, actor: Actor) -> DeclaredAdoption:
    """End a use with its reason; it stays public with the rest (TRF-115).

    Raises:
        AdoptionEndedError: It is ended.
        FutureDayError: The day lies ahead.
    """
    if given.on > from_us(now_us()).date():
        raise FutureDayError
    with transaction.atomic():
        row = _locked(row)
        if row.status in GONE:
            raise AdoptionEndedError
        row.status, row.since = AdoptionStatus.ENDED.value, given.on.isoformat()
        row.end_reason, row.replaced_by = given.reason, given.replaced_by
        row.lessons = given.lessons
        row.changed_us = now_us()
        row.save()
        _tell(row, row.since, given.reason, actor)
        _publish(row, actor)
        _audit(row, "end", actor, {"reason": given.reason, "on": row.since})
        emit(
            AdoptionDeclared(row.pk, row.solution_id, row.solution.slug, row.relation, row.status),
            tenant_id=row.tenant_id,
        )
    return row


def confirm_adoption(row: DeclaredAdoption, *, actor: Actor) -> DeclaredAdoption:
    """Say that a use goes on as declared; the clock of 540 days begins again (TRF-113).

    Raises:
        AdoptionEndedError: It is ended.
    """
    with transaction.atomic():
        row = _locked(row)
        if row.status in GONE:
            raise AdoptionEndedError
        row.verified_on, row.changed_us = from_us(now_us()).date(), now_us()
        row.save(update_fields=["verified_on", "changed_us"])
        _publish(row, actor)
        _audit(row, "confirm", actor, {"verified_on": row.verified_on.isoformat()})
    return row


def confirm_documented(said: CatalogueAdoption, *, actor: Actor) -> DeclaredAdoption:
    """Confirm what a source says of this municipality: one click (TRF-107).

    A source never says whether something still runs. Who confirms says that it does, except for
    announcements and tests.

    Raises:
        NotOwnEntryError: The source speaks of another place.
    """
    tenant = Tenant.objects.get(pk=current_tenant_id())
    relation = Relation(said.relation)
    status = {
        Relation.PLANNED: AdoptionStatus.DECIDED,
        Relation.TEST: AdoptionStatus.TRIAL,
    }.get(relation, AdoptionStatus.LIVE)
    given = AdoptionInput(
        relation=Relation.ORIGIN if relation == Relation.SITE else relation,
        status=status,
        since=said.since,
        origin_name=said.origin_name,
        origin_basis=said.origin_basis,
    )
    with transaction.atomic():
        catalogue.answer_documented(said, tenant, is_true=True, actor=actor)
        return declare_adoption(said.solution, given, actor=actor)


def deny_documented(said: CatalogueAdoption, *, actor: Actor) -> None:
    """Deny what a source says: it leaves all counts, the note of the source stays.

    Raises:
        NotOwnEntryError: The source speaks of another place.
    """
    tenant = Tenant.objects.get(pk=current_tenant_id())
    catalogue.answer_documented(said, tenant, is_true=False, actor=actor)


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemInput:
    """What is said about one line of the checklist."""

    state: ItemState
    owner: str = ""
    day: date | None = None
    proof: str = ""
    reason: str = ""


def answer_item(
    row: DeclaredAdoption, key: str, given: ItemInput, *, actor: Actor
) -> ChecklistItem:
    """Answer one line of the checklist (TRF-208).

    Raises:
        UnknownItemError: No such line.
        SkipReasonError: Skipped without a reason.
    """
    if key not in CHECKLIST_KEYS:
        raise UnknownItemError
    if given.state is ItemState.SKIPPED and not given.reason.strip():
        raise SkipReasonError
    with transaction.atomic():
        item, _ = ChecklistItem.objects.update_or_create(
            tenant_id=row.tenant_id,
            adoption=row,
            key=key,
            defaults={**asdict(given), "state": given.state.value, "changed_us": now_us()},
        )
        _audit(row, "check", actor, {"line": key, "state": given.state.value})
    return item


def _tell(row: DeclaredAdoption, since: str, note: str, actor: Actor) -> None:
    told = {"since": since, "relation": row.relation, "status": row.status}
    newest = AdoptionEvent.objects.filter(adoption=row).order_by("-pk").first()
    if newest and {name: getattr(newest, name) for name in told} == told:
        return
    AdoptionEvent.objects.create(
        tenant_id=row.tenant_id,
        adoption=row,
        on=first_day_of(since),
        note=note[:300],
        told_by=actor.label[:200],
        told_us=now_us(),
        **told,
    )


def _publish(row: DeclaredAdoption, actor: Actor) -> None:
    """Bring the catalogue up to what is declared."""
    tenant = Tenant.objects.get(pk=row.tenant_id)
    if not row.is_public:
        catalogue.forget_adoption(row.solution, tenant, actor=actor)
        return
    events = AdoptionEvent.objects.filter(adoption=row).order_by("pk")
    told = catalogue.Declaration(
        Relation(row.relation),
        AdoptionStatus(row.status),
        row.since,
        stages=stage_days(events),
        origin_name=row.origin_name,
        origin_basis=row.origin_basis,
        extent=row.extent,
        operating_model=row.operating_model,
        contact_role=row.contact_role,
    )
    catalogue.record_adoption(row.solution, tenant, told, verified_on=row.verified_on, actor=actor)


def _locked(row: DeclaredAdoption) -> DeclaredAdoption:
    return DeclaredAdoption.objects.select_for_update().get(pk=row.pk)


def adoption_to_change(adoption_id: int, *, actor: Actor) -> DeclaredAdoption:
    """Return what this municipality declared, to be changed.

    Raises:
        ForeignAdoptionError: Another one declared it; the attempt stands in its audit (TRF-106).
        UnknownAdoptionError: There is none.
    """
    try:
        return access.find_adoption(adoption_id)
    except UnknownAdoptionError:
        owner = access.owner_of_adoption(adoption_id)
        if owner is None:
            raise
        tenant_id, name = owner
        record_audit(
            actor=actor,
            verb="refuse",
            kind="adoption",
            object_id=adoption_id,
            label=name,
            tenant_id=tenant_id,
        )
        raise ForeignAdoptionError from None


def _audit(row: DeclaredAdoption, verb: str, actor: Actor, after: dict[str, str]) -> None:
    record_audit(
        actor=actor,
        verb=verb,
        kind="adoption",
        object_id=row.pk,
        label=row.solution.name,
        after=after,
        tenant_id=row.tenant_id,
    )
