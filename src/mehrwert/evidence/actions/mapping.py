"""A curator says which shared key a town's own one means; then it is pooled (decisions 35)."""

from django.db import transaction

from mehrwert.base.actions import emit, record_audit
from mehrwert.base.actor import Actor
from mehrwert.base.clock import now_us
from mehrwert.evidence.choices import FindingState, KeyKind
from mehrwert.evidence.errors import (
    MeaningDiffersError,
    SharedKeyInvalidError,
    UnknownKeyError,
)
from mehrwert.evidence.events import EvidenceChanged
from mehrwert.evidence.models import Finding, KeyMapping, RegisteredPlan
from mehrwert.evidence.queries import OwnKey, PoolKey
from mehrwert.evidence.rules import alone, is_own, is_shared

from .synthesis import synthesise

COLUMNS = {KeyKind.INDICATOR: "indicator_key", KeyKind.SOLUTION: "solution_root"}
OWN_COLUMNS = {KeyKind.INDICATOR: "own_key", KeyKind.SOLUTION: "own_root"}


def map_key(own: OwnKey, shared_key: str, *, reason: str, actor: Actor) -> None:
    """Pool what stands under an own key with the shared one, or alone again when that is empty.

    Every pool that gains or loses a finding gets a new version of its synthesis.

    Args:
        own: Municipality, kind and own key.
        shared_key: ``giesswasser@1`` or a solution's address; empty takes the mapping back.
        reason: Why both mean the same; public.
        actor: The curator.

    Raises:
        UnknownKeyError: Nobody uses that own key.
        SharedKeyInvalidError: Not the form of a shared key.
        MeaningDiffersError: Other findings there have another good direction or unit.
    """
    kind, wanted = KeyKind(own.kind), shared_key.strip()
    if not is_own(own.key):
        raise UnknownKeyError
    if wanted and not is_shared(wanted, is_indicator=kind is KeyKind.INDICATOR):
        raise SharedKeyInvalidError
    with transaction.atomic():
        mine = Finding.public.filter(
            tenant_id=own.tenant_id, **{OWN_COLUMNS[kind]: own.key}
        ).select_for_update()
        plans = RegisteredPlan.public.filter(
            tenant_id=own.tenant_id, **{OWN_COLUMNS[kind]: own.key}
        )
        rows = list(mine)
        if not rows and not plans.exists():
            raise UnknownKeyError
        if kind is KeyKind.INDICATOR and wanted:
            _refuse_other_meaning(rows, wanted)
        _store(own, kind, wanted, reason, actor)
        target = wanted or alone(own.key, own.tenant_id)
        before = {PoolKey.of(row) for row in rows if row.state == FindingState.RELEASED.value}
        plans.update(**{COLUMNS[kind]: target})
        mine.update(**{COLUMNS[kind]: target})
        released = Finding.public.filter(
            pk__in=[row.pk for row in rows], state=FindingState.RELEASED.value
        )
        after = {PoolKey.of(row) for row in released}
        note = f"{own.key} → {target}: {reason.strip()}"
        changed = before | after
        for key in sorted(changed, key=str):
            synthesise(key, change_note=note)
        for root, is_demo in sorted({(key.solution_root, key.is_demo) for key in changed}):
            emit(EvidenceChanged(root, is_demo), tenant_id=own.tenant_id)


def _store(own: OwnKey, kind: KeyKind, wanted: str, reason: str, actor: Actor) -> None:
    found = KeyMapping.objects.filter(tenant_id=own.tenant_id, kind=kind.value, own_key=own.key)
    before = {"shared_key": row.shared_key} if (row := found.first()) else None
    if wanted:
        KeyMapping.objects.update_or_create(
            tenant_id=own.tenant_id,
            kind=kind.value,
            own_key=own.key,
            defaults={
                "shared_key": wanted,
                "reason": reason.strip()[:300],
                "mapped_us": now_us(),
                "mapped_by": actor.label[:200],
            },
        )
    else:
        found.delete()
    record_audit(
        actor=actor,
        verb="map",
        kind="own_key",
        object_id=own.key,
        label=own.key,
        before=before,
        after={"shared_key": wanted, "reason": reason.strip()},
        tenant_id=own.tenant_id,
    )


def _refuse_other_meaning(rows: list[Finding], wanted: str) -> None:
    there = Finding.public.filter(indicator_key=wanted)
    for row in rows:
        for other in there.filter(scale=row.scale).exclude(pk=row.pk):
            here_words, there_words = _meaning(row), _meaning(other)
            if here_words != there_words:
                raise MeaningDiffersError(key=wanted, here=here_words, there=there_words)


def _meaning(row: Finding) -> str:
    unit = str(row.study.get("unit") or "")
    arrow = "↑" if row.good_direction == "up" else "↓"
    return f"{arrow} {unit}".strip()
