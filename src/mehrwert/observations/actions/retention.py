"""How long readings are kept: policies, holds, and the thinning itself."""

from mehrwert.base.actor import SYSTEM
from mehrwert.base.clock import now_us
from mehrwert.observations.errors import MissingFieldError, UnknownEntityError
from mehrwert.observations.queries import retention as kept
from mehrwert.observations.recording import retention
from mehrwert.observations.recording.ledger import put_audit
from mehrwert.observations.recording.types import WriteContext
from mehrwert.observations.stores.base import Transaction

from .transaction import run

DOOR = "retention"


def set_policy(
    context: WriteContext, scope: str, target_id: int, *, raw_days: int, hour_days: int | None
) -> int:
    """Say how long something is kept, as a draft; return its id. It replaces what was said before.

    Raises:
        UnknownEntityError: No such series or observed property in the tenant.
    """

    def work(tx: Transaction, now: int) -> int:
        _check_target(tx, context.tenant_id, scope, target_id)
        key = (context.tenant_id, scope, target_id)
        tx.execute(
            "DELETE FROM obs_retention_policy WHERE tenant_id=? AND scope=? AND target_id=?", key
        )
        values = {
            "tenant_id": context.tenant_id,
            "scope": scope,
            "target_id": target_id,
            "raw_days": raw_days,
            "hour_days": hour_days,
            "active_us": None,
            "created_us": now,
        }
        row_id = tx.insert("obs_retention_policy", values)
        told = {"scope": scope, "raw_days": raw_days, "hour_days": hour_days}
        _audit(tx, context, now, ("set", "retention_policy", row_id), told)
        return row_id

    return int(run(None, work))


def switch_policy(context: WriteContext, policy_id: int, *, is_active: bool) -> None:
    """Let a policy count from the next night on, or make it a draft again.

    Raises:
        UnknownEntityError: No such policy in the tenant.
    """

    def work(tx: Transaction, now: int) -> None:
        changed = tx.execute(
            "UPDATE obs_retention_policy SET active_us=? WHERE id=? AND tenant_id=?",
            (now if is_active else None, policy_id, context.tenant_id),
        )
        if not changed:
            raise UnknownEntityError(kind="retention_policy", id=policy_id)
        verb = "switch_on" if is_active else "rest"
        _audit(tx, context, now, (verb, "retention_policy", policy_id), {})

    run(None, work)


def delete_policy(context: WriteContext, policy_id: int) -> None:
    """Delete a policy; what it removed stays removed.

    Raises:
        UnknownEntityError: No such policy in the tenant.
    """

    def work(tx: Transaction, now: int) -> None:
        if not tx.execute(
            "DELETE FROM obs_retention_policy WHERE id=? AND tenant_id=?",
            (policy_id, context.tenant_id),
        ):
            raise UnknownEntityError(kind="retention_policy", id=policy_id)
        _audit(tx, context, now, ("delete", "retention_policy", policy_id), {})

    run(None, work)


def put_hold(context: WriteContext, datastream_id: int, reason: str) -> int:
    """Keep a series, with 0 all of them, whatever the policies say; return the number of the hold.

    Raises:
        MissingFieldError: No reason was given.
        UnknownEntityError: No such series in the tenant.
    """
    if not reason.strip():
        raise MissingFieldError(field="reason")

    def work(tx: Transaction, now: int) -> int:
        if datastream_id:
            _check_target(tx, context.tenant_id, kept.SERIES, datastream_id)
        values = {
            "tenant_id": context.tenant_id,
            "datastream_id": datastream_id,
            "reason": reason.strip(),
            "actor_label": context.actor.label[:200],
            "created_us": now,
            "lifted_us": None,
        }
        row_id = tx.insert("obs_retention_hold", values)
        told = {"datastream_id": datastream_id, "reason": reason.strip()}
        _audit(tx, context, now, ("hold", "retention_hold", row_id), told)
        return row_id

    return int(run(None, work))


def lift_hold(context: WriteContext, hold_id: int) -> None:
    """End a hold; the policies count again.

    Raises:
        UnknownEntityError: No such hold in the tenant.
    """

    def work(tx: Transaction, now: int) -> None:
        if not tx.execute(
            "UPDATE obs_retention_hold SET lifted_us=? WHERE id=? AND tenant_id=?"
            " AND lifted_us IS NULL",
            (now, hold_id, context.tenant_id),
        ):
            raise UnknownEntityError(kind="retention_hold", id=hold_id)
        _audit(tx, context, now, ("lift", "retention_hold", hold_id), {})

    run(None, work)


def thin_readings(at_us: int | None = None) -> int:
    """Do what the policies of all municipalities say; return how many raw readings went.

    In small transactions, so that nobody waits; interrupted, it goes on the next time.
    """
    at = now_us() if at_us is None else at_us
    removed = 0
    for tenant_id in kept.list_tenants_with_policies():
        context = WriteContext(tenant_id, DOOR, SYSTEM)
        for expiry in kept.list_expiries(tenant_id, at, only_active=True):
            if not expiry.is_held:
                removed += _thin(context, expiry)
    return removed


def _thin(context: WriteContext, expiry: kept.Expiry) -> int:
    removed, has_more = 0, True
    while has_more:
        step: retention.Thinning = run(
            None,
            lambda tx, now: retention.thin_some(
                tx, context, expiry.datastream_id, expiry.before_us, now
            ),
        )
        removed, has_more = removed + step.n, step.has_more and step.n > 0
    before = expiry.hours_before_us
    if before is not None:
        run(None, lambda tx, now: retention.drop_hours(tx, expiry.datastream_id, before))
    return removed


def _check_target(tx: Transaction, tenant_id: int, scope: str, target_id: int) -> None:
    tables = {kept.SERIES: "obs_datastream", kept.PROPERTY: "obs_observed_property"}
    if scope == kept.ALL or (scope == kept.CLASS and 0 <= target_id < len(kept.CLASSES)):
        return
    if scope not in tables or not tx.select(
        f"SELECT 1 FROM {tables[scope]} WHERE id=? AND tenant_id=?", (target_id, tenant_id)
    ):
        raise UnknownEntityError(kind=scope, id=target_id)


def _audit(
    tx: Transaction,
    context: WriteContext,
    now_us: int,
    what: tuple[str, str, int],
    told: dict[str, object],
) -> None:
    verb, kind, row_id = what
    change = ("", None, told)
    put_audit(tx, context, now_us, verb=verb, what=(kind, row_id), change=change)
