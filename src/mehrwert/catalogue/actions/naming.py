"""Naming a vendor or an office: a second person agrees, who is named may reply (CAT-404)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from mehrwert.base.actor import Actor
from mehrwert.base.clock import now_us
from mehrwert.catalogue.actions.writing import audit_solution, publish_row, revise_row
from mehrwert.catalogue.choices import LookState
from mehrwert.catalogue.errors import (
    ChangedMeanwhileError,
    LookAnsweredError,
    NotNamedError,
    NotOwnEntryError,
    SamePersonError,
    UnknownSolutionError,
)
from mehrwert.catalogue.models import SecondLook, Solution
from mehrwert.catalogue.queries.looks import list_helpers
from mehrwert.catalogue.rules import without_personal_data
from mehrwert.catalogue.rules.naming import keep_replies, named_parties
from mehrwert.municipalities.models import Tenant


@dataclass(frozen=True, slots=True)
class Proposed:
    """What is to be public: the profile, the version it changes (0: none yet), and why."""

    profile: Mapping[str, Any]
    based_on: int = 0
    reason: str = ""


def ask_second_person(
    solution: Solution, tenant: Tenant, proposed: Proposed, *, actor: Actor
) -> SecondLook:
    """Let a text that names somebody wait for a second person; an earlier one no longer waits.

    Raises:
        NotOwnEntryError: The entry belongs to another municipality.
    """
    with transaction.atomic():
        row = Solution.objects.select_for_update().get(pk=solution.pk)
        if row.owner_tenant_id != tenant.pk:
            raise NotOwnEntryError
        waiting = SecondLook.objects.filter(
            tenant_id=tenant.pk, solution=row, state=LookState.WAITING
        )
        waiting.update(state=LookState.REFUSED, answered_us=now_us())
        look = SecondLook.objects.create(
            tenant_id=tenant.pk,
            solution=row,
            profile=dict(proposed.profile),
            based_on=proposed.based_on,
            reason=proposed.reason[:300],
            asked_by=actor.actor_id,
            asked_us=now_us(),
            state=LookState.WAITING,
        )
        audit_solution(row, "ask_second", actor, after={"names": named_parties(proposed.profile)})
    return look


def ask_other_town(look: SecondLook, tenant: Tenant, helper: Tenant, *, actor: Actor) -> None:
    """Let another municipality look: its people see this text, and one of them may answer.

    Args:
        look: What waits.
        tenant: The municipality that wrote it.
        helper: Whom to ask; of this installation, invented only for an invented one.
        actor: Who asks.

    Raises:
        LookAnsweredError: It waits no longer.
        NotOwnEntryError: The other municipality cannot be asked.
    """
    with transaction.atomic():
        waiting = _waiting(look, tenant)
        if helper not in list_helpers(tenant):
            raise NotOwnEntryError
        waiting.helper_tenant_id = helper.pk
        waiting.save(update_fields=["helper_tenant_id"])
        after = {"helper": helper.name}
        audit_solution(waiting.solution, "ask_second", actor, after=after)


def agree_to_naming(look: SecondLook, tenant: Tenant, *, actor: Actor) -> Solution:
    """Publish what waited, as a second person.

    Args:
        look: What waits.
        tenant: The municipality that wrote it; ``actor`` may be of the one that was asked.
        actor: The second person.

    Raises:
        SamePersonError: The same person wrote it.
        LookAnsweredError: It waits no longer.
        ChangedMeanwhileError: The entry is no longer what it was when the text was written.
    """
    with transaction.atomic():
        waiting = _waiting(look, tenant)
        if actor.kind != "user" or actor.actor_id == waiting.asked_by:
            raise SamePersonError
        row = Solution.objects.select_for_update().get(pk=waiting.solution_id)
        if row.owner_tenant_id != tenant.pk:
            raise NotOwnEntryError
        if waiting.based_on:
            if row.version != waiting.based_on:
                raise ChangedMeanwhileError
            kept = keep_replies(row.profile, waiting.profile)
            revise_row(row, tenant, kept, reason=waiting.reason, actor=actor)
        else:
            if row.is_public or row.profile != waiting.profile:
                raise ChangedMeanwhileError
            publish_row(row, tenant, actor=actor)
        _answer(waiting, LookState.AGREED, "", actor)
        audit_solution(row, "agree_second", actor, after={"names": named_parties(waiting.profile)})
    return row


def refuse_naming(look: SecondLook, tenant: Tenant, note: str, *, actor: Actor) -> None:
    """Let a text that names somebody wait no longer; who wrote it may take it back this way.

    Raises:
        LookAnsweredError: It waits no longer.
    """
    with transaction.atomic():
        waiting = _waiting(look, tenant)
        _answer(waiting, LookState.REFUSED, note, actor)
        audit_solution(waiting.solution, "refuse_second", actor, after={"note": waiting.note})


@dataclass(frozen=True, slots=True)
class Reply:
    """What somebody who is named says, of which day."""

    party: str
    on: date
    text: str


def record_reply(solution: Solution, owner: Tenant, reply: Reply, *, actor: Actor) -> None:
    """Put a reply beside the reason, as a new version; it stays while the reason names them.

    Mail addresses and phone numbers are taken out.

    Args:
        solution: The entry; public.
        owner: The municipality that looks after it.
        reply: What was said.
        actor: Who writes it down: the owner, or whoever runs the installation.

    Raises:
        UnknownSolutionError: It is not public.
        NotNamedError: The reason does not name them.
    """
    with transaction.atomic():
        row = Solution.objects.select_for_update().get(pk=solution.pk)
        if not row.is_public or row.owner_tenant_id != owner.pk:
            raise UnknownSolutionError
        if reply.party not in named_parties(row.profile):
            raise NotNamedError
        ended = dict(row.profile.get("ended") or {})
        text = without_personal_data(reply.text.strip())
        told = {"party": reply.party, "on": reply.on.isoformat(), "text": text}
        ended["replies"] = [*(ended.get("replies") or ()), told]
        reason = f"Stellungnahme: {reply.party}"[:300]
        revise_row(row, owner, {**row.profile, "ended": ended}, reason=reason, actor=actor)


def _waiting(look: SecondLook, tenant: Tenant) -> SecondLook:
    rows = SecondLook.asked.select_for_update().filter(tenant_id=tenant.pk, pk=look.pk)
    row = rows.select_related("solution").get()
    if row.state != LookState.WAITING:
        raise LookAnsweredError
    return row


def _answer(look: SecondLook, state: LookState, note: str, actor: Actor) -> None:
    look.state, look.note = state, note.strip()[:300]
    look.answered_by, look.answered_us = actor.actor_id, now_us()
    look.save(update_fields=["state", "note", "answered_by", "answered_us"])
