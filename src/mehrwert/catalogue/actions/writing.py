"""A municipality writes about its own solutions: draft, publish, revise, revert, confirm, claim."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction

from mehrwert.base.actions import emit, record_audit
from mehrwert.base.actor import Actor
from mehrwert.base.clock import from_us, now_us
from mehrwert.catalogue.actions.indexing import index_solutions
from mehrwert.catalogue.choices import EntryOrigin, ProfileLevel, Status
from mehrwert.catalogue.errors import (
    ChangedMeanwhileError,
    InvalidProfileError,
    NotOwnEntryError,
    NotReadyError,
    SecondPersonNeededError,
    UnknownSolutionError,
)
from mehrwert.catalogue.events import (
    SolutionEnded,
    SolutionPublished,
    SolutionRevised,
    SolutionWithdrawn,
)
from mehrwert.catalogue.models import Solution, SolutionVersion
from mehrwert.catalogue.profile import validate
from mehrwert.catalogue.profile.schema import VERSION
from mehrwert.catalogue.queries import home_of_tenant, list_takeable
from mehrwert.catalogue.recording import project, version_of
from mehrwert.catalogue.rules import diff_profiles, missing_for, slug_of, walk
from mehrwert.catalogue.rules.naming import keep_replies, named_parties, needs_second_look
from mehrwert.municipalities.models import Tenant

MOST_SLUGS = 1_000
RESERVED = frozenset(
    {
        *("felder", "kommune", "passend", "vergleich", "neu", "listen", "publiccode", "gemerkt"),
        *("netz", "quelltext", "verwaist"),
    }
)


def create_draft(
    tenant: Tenant,
    profile: Mapping[str, Any],
    *,
    actor: Actor,
    provenance: Mapping[str, Any] | None = None,
) -> Solution:
    """Begin an entry that only this municipality sees; its origin is filled in.

    Raises:
        InvalidProfileError: The profile breaks the format.
    """
    place = home_of_tenant(tenant)
    origin = {"level": place.level, "name": place.name}
    if place.key:
        origin["key"] = place.key
    given = keep_replies({}, {k: v for k, v in profile.items() if k != "id"})
    content = {"origin": origin, **given}
    _refuse_invalid(content, provenance or {})
    with transaction.atomic():
        row = Solution(
            slug=free_slug(str(content.get("name") or "loesung")),
            entry_origin=EntryOrigin.DEMO if tenant.is_demo else EntryOrigin.DECLARED,
            owner_tenant_id=tenant.pk,
            profile=content,
            provenance={"": _declared(tenant, actor), **(provenance or {})},
            created_us=now_us(),
            changed_us=now_us(),
        )
        _save(row)
        audit_solution(row, "create", actor, after={"name": row.name})
    return row


def save_draft(solution: Solution, profile: Mapping[str, Any], *, actor: Actor) -> None:
    """Keep what is typed into a draft; makes no version, so it may be called every few seconds.

    Raises:
        NotOwnEntryError: The entry is public already: then it is revised.
        InvalidProfileError: The profile breaks the format.
    """
    with transaction.atomic():
        row = Solution.objects.select_for_update().get(pk=solution.pk)
        if row.is_public:
            raise NotOwnEntryError
        _refuse_invalid(profile, row.provenance)
        typed = {change.pointer for change in diff_profiles(row.profile, profile)}
        # what somebody types is said by the municipality, no longer by a file
        row.provenance = {k: told for k, told in row.provenance.items() if k not in typed}
        row.profile = dict(profile)
        _save(row)
    solution.refresh_from_db()


def publish_solution(solution: Solution, tenant: Tenant, *, actor: Actor) -> None:
    """Let everybody read an entry, from the level *minimal* up.

    Raises:
        NotReadyError: Something that the level needs is missing.
        SecondPersonNeededError: The reason of its end names somebody (CAT-404).
    """
    with transaction.atomic():
        row = _own(solution, tenant)
        refuse_alone(None, row.profile)
        publish_row(row, tenant, actor=actor)
    solution.refresh_from_db()


def publish_row(row: Solution, tenant: Tenant, *, actor: Actor) -> None:
    """Make a locked draft public; who is named was looked at before."""
    missing = missing_for(row.profile, ProfileLevel.MINIMAL)
    if missing:
        raise NotReadyError(missing=", ".join(dict.fromkeys(need.label for need in missing)))
    if not row.is_public:
        row.is_public, row.version = True, 1
        row.provenance = {**row.provenance, "": _declared(tenant, actor)}
        _save(row)
        version_of(row, reason="Veröffentlichung", author_role=_role(tenant)).save()
        audit_solution(row, "publish", actor, after={"level": row.level})
        emit(SolutionPublished(row.pk, row.slug, row.version), tenant_id=tenant.pk)
        index_solutions([row.pk])


def revise_solution(
    solution: Solution,
    tenant: Tenant,
    profile: Mapping[str, Any],
    *,
    reason: str,
    based_on: int,
    actor: Actor,
) -> int:
    """Make a new version of a public entry; changed values become declared. Return its number.

    Raises:
        ChangedMeanwhileError: ``based_on`` is not the newest version.
        InvalidProfileError: The profile breaks the format.
        SecondPersonNeededError: The reason of its end names somebody anew (CAT-404).
    """
    with transaction.atomic():
        row = _own(solution, tenant)
        if row.version != based_on:
            raise ChangedMeanwhileError
        kept = keep_replies(row.profile, profile)
        refuse_alone(row.profile, kept)
        revise_row(row, tenant, kept, reason=reason, actor=actor)
    solution.refresh_from_db()
    return row.version


def revise_row(
    row: Solution, tenant: Tenant, profile: Mapping[str, Any], *, reason: str, actor: Actor
) -> None:
    """Give a locked public entry another profile; who is named was looked at before."""
    changes = diff_profiles(row.profile, profile)
    if not changes:
        return
    _refuse_invalid(profile, row.provenance)
    was_ended = row.status == Status.ENDED
    told = _declared(tenant, actor)
    row.provenance = {**row.provenance, **{change.pointer: told for change in changes}}
    row.profile = dict(profile)
    _next_version(row, tenant, reason, actor)
    before = {change.pointer: change.before for change in changes}
    after = {change.pointer: change.after for change in changes}
    audit_solution(row, "update", actor, before=before, after=after)
    if row.status == Status.ENDED and not was_ended:
        emit(SolutionEnded(row.pk, row.slug), tenant_id=tenant.pk)


def refuse_alone(before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> None:
    """Let nobody name a vendor or an office alone.

    Raises:
        SecondPersonNeededError: Somebody is named anew or in other words.
    """
    if needs_second_look(before, after):
        raise SecondPersonNeededError(names=", ".join(named_parties(after)))


def revert_solution(solution: Solution, tenant: Tenant, number: int, *, actor: Actor) -> int:
    """Bring an earlier version back as a new one: same content, byte for byte.

    Only replies of those who are named stay as they are now.

    Raises:
        SecondPersonNeededError: The earlier version names somebody, the newest does not.
        UnknownSolutionError: No such version.
    """
    with transaction.atomic():
        row = _own(solution, tenant)
        old = SolutionVersion.objects.filter(solution=row, number=number).first()
        if old is None:
            raise UnknownSolutionError
        kept = keep_replies(row.profile, old.profile)
        refuse_alone(row.profile, kept)
        row.profile, row.provenance = kept, old.provenance
        _next_version(row, tenant, f"Zurück zu Fassung {number}", actor, reverts_to=number)
        audit_solution(row, "revert", actor, after={"version": number})
    solution.refresh_from_db()
    return row.version


def confirm_values(solution: Solution, tenant: Tenant, pointers: list[str], *, actor: Actor) -> int:
    """Say that values still hold; today is their new date. Return how many were confirmed.

    A draft keeps no versions.
    """
    with transaction.atomic():
        row = _own(solution, tenant)
        known = [p for p, value in walk(row.profile) if value not in (None, "", [], {})]
        wanted = [p for p in known if any(p == w or p.startswith(f"{w}/") for w in pointers)]
        if wanted:
            told = _declared(tenant, actor)
            row.provenance = {**row.provenance, **dict.fromkeys(wanted, told)}
            if row.is_public:
                _next_version(row, tenant, "Unverändert bestätigt", actor)
            else:
                _save(row)
            audit_solution(row, "confirm", actor, after={"fields": wanted})
    solution.refresh_from_db()
    return len(wanted)


def claim_solution(solution: Solution, tenant: Tenant, *, actor: Actor) -> None:
    """Take over an entry that nobody looks after: the own one, or one in use (CAT-211, CAT-808).

    Values stay as they are and keep their label until they are changed or confirmed.

    Raises:
        NotOwnEntryError: Somebody looks after it, or it is neither from here nor used here.
    """
    with transaction.atomic():
        row = Solution.objects.select_for_update().get(pk=solution.pk)
        if not list_takeable(tenant).filter(pk=row.pk).exists():
            raise NotOwnEntryError
        left = (
            Tenant.objects.filter(pk=row.owner_tenant_id or 0)
            .values_list("name", flat=True)
            .first()
        )
        row.owner_tenant_id = tenant.pk
        row.changed_us = now_us()
        row.save(update_fields=["owner_tenant_id", "changed_us"])
        audit_solution(row, "claim", actor, before={"tenant": left}, after={"tenant": tenant.name})
    solution.refresh_from_db()


def withdraw_solution(solution: Solution, tenant: Tenant, *, actor: Actor) -> None:
    """Take an entry out of the lists; its address keeps a stone. Drafts are deleted.

    Raises:
        NotOwnEntryError: An ended entry stays: others learn from it (CAT-405).
    """
    with transaction.atomic():
        row = _own(solution, tenant)
        audit_solution(row, "withdraw", actor, before={"name": row.name})
        if not row.is_public:
            row.delete()
            return
        if row.status == Status.ENDED:
            raise NotOwnEntryError
        row.is_withdrawn, row.changed_us = True, now_us()
        row.save(update_fields=["is_withdrawn", "changed_us"])
        emit(SolutionWithdrawn(row.pk, row.slug, str(row.uuid)), tenant_id=tenant.pk)
        index_solutions([row.pk])


def _own(solution: Solution, tenant: Tenant) -> Solution:
    """Return the locked row of an own entry.

    Raises:
        NotOwnEntryError: It belongs to another municipality.
    """
    row = Solution.objects.select_for_update().get(pk=solution.pk)
    if row.owner_tenant_id != tenant.pk:
        raise NotOwnEntryError
    return row


def _next_version(
    row: Solution, tenant: Tenant, reason: str, actor: Actor, *, reverts_to: int | None = None
) -> None:
    row.version += 1
    _save(row)
    version = version_of(row, reason=reason, author_role=_role(tenant), reverts_to=reverts_to)
    version.save()
    emit(SolutionRevised(row.pk, row.slug, row.version), tenant_id=tenant.pk)
    index_solutions([row.pk])


def _save(row: Solution) -> None:
    row.changed_us = now_us()
    project(row, from_us(now_us()).date())
    row.save()


def _declared(tenant: Tenant, actor: Actor) -> dict[str, str]:
    """Return the provenance of what a municipality says today; a role, never a person."""
    key = home_of_tenant(tenant).key or tenant.ars
    kind = "demo" if tenant.is_demo else "declared"
    day = from_us(now_us()).date().isoformat()
    return {"source": f"{kind}:{key}", "verified_on": day, "verified_by_role": _role(tenant)}


def _role(tenant: Tenant) -> str:
    return f"Redaktion {tenant.name}"[:120]


def _refuse_invalid(profile: Mapping[str, Any], provenance: Mapping[str, Any]) -> None:
    document = {"mehrwert_version": VERSION, **profile}
    document.setdefault("name", "–")
    if not document["name"]:
        document["name"] = "–"
    findings = validate({**document, "provenance": dict(provenance)})
    if findings:
        first = findings[0]
        raise InvalidProfileError(pointer=first.pointer, reason=first.text())


def free_slug(name: str) -> str:
    """Return an address that no entry has."""
    stem = slug_of(name)
    for number in range(1, MOST_SLUGS):
        slug = stem if number == 1 else f"{stem}-{number}"
        if slug not in RESERVED and not Solution.objects.filter(slug=slug).exists():
            return slug
    raise IntegrityError("no free address")


def audit_solution(
    row: Solution,
    verb: str,
    actor: Actor,
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Note a change of an entry in the audit of its owner."""
    record_audit(
        actor=actor,
        verb=verb,
        kind="solution",
        object_id=row.pk,
        label=row.name,
        before=before,
        after=after,
        tenant_id=row.owner_tenant_id,
    )
