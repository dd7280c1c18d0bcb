"""Reads how long readings are kept, and what would go."""

import math
from dataclasses import dataclass

from mehrwert.observations.choices import Protection
from mehrwert.observations.rules import DAY_US, HOUR_US
from mehrwert.observations.stores.base import Reader

from .entities import DatastreamRow, list_datastreams
from .store import reader

ALL, CLASS, PROPERTY, SERIES = "all", "class", "property", "series"
NARROWEST = (SERIES, PROPERTY, CLASS, ALL)
# the target of a policy for a protection class is its place here
CLASSES = tuple(Protection)


@dataclass(frozen=True, slots=True)
class PolicyRow:
    """One policy; days; ``hour_days`` None = hour values for good."""

    id: int
    scope: str
    target_id: int
    raw_days: int
    hour_days: int | None
    active_us: int | None


@dataclass(frozen=True, slots=True)
class HoldRow:
    """One hold that counts; ``datastream_id`` 0 = all series."""

    id: int
    datastream_id: int
    reason: str
    actor_label: str
    created_us: int


@dataclass(frozen=True, slots=True)
class Expiry:
    """What a policy says of one series.

    Attributes:
        before_us: Raw readings before this whole hour go.
        hours_before_us: Hour values before this go; None = none.
        n: How many raw readings that are.
        first_us: Time of the oldest of them, None without any.
        is_held: A hold keeps all of it.
    """

    datastream_id: int
    name: str
    policy: PolicyRow
    before_us: int
    hours_before_us: int | None
    n: int
    first_us: int | None
    is_held: bool


def list_policies(tenant_id: int) -> list[PolicyRow]:
    """Return the policies of the municipality, the widest first."""
    with reader() as r:
        return _policies(r, tenant_id)


def list_holds(tenant_id: int) -> list[HoldRow]:
    """Return the holds that count, newest first."""
    with reader() as r:
        rows = r.select(
            "SELECT id, datastream_id, reason, actor_label, created_us FROM obs_retention_hold"
            " WHERE tenant_id=? AND lifted_us IS NULL ORDER BY id DESC",
            (tenant_id,),
        )
    return [HoldRow(*row) for row in rows]


def list_expiries(tenant_id: int, at_us: int, *, only_active: bool) -> list[Expiry]:
    """Return what the policies say of each series: the dry run, and the plan of the real one.

    True values go with the raw ones they were calculated from: the shorter time counts for them,
    and a hold of the raw series is theirs too.

    Args:
        tenant_id: The municipality.
        at_us: When it is to be done.
        only_active: Leave out drafts.
    """
    policies = [p for p in list_policies(tenant_id) if p.active_us is not None or not only_active]
    by_target = {(p.scope, p.target_id): p for p in policies}
    held = {hold.datastream_id for hold in list_holds(tenant_id)}
    found = []
    all_series = {series.id: series for series in list_datastreams(tenant_id)} if policies else {}
    for series in all_series.values():
        raw = all_series.get((series.properties or {}).get("calibrated_from", 0))
        chosen = [_policy_of(one, by_target) for one in (series, raw) if one is not None]
        policy = min((p for p in chosen if p is not None), key=_days, default=None)
        if policy is not None and series.last_time_us is not None:
            is_held = bool(held & {0, series.id, raw.id if raw is not None else 0})
            name = f"{series.thing_name}: {series.name}"
            found.append(_expiry(series.id, name, policy, (at_us, series.last_time_us, is_held)))
    return found


def list_tenants_with_policies() -> list[int]:
    """Return the municipalities that have switched a policy on."""
    with reader() as r:
        rows = r.select(
            "SELECT DISTINCT tenant_id FROM obs_retention_policy WHERE active_us IS NOT NULL"
            " ORDER BY tenant_id"
        )
    return [row[0] for row in rows]


def read_thinned(datastream_id: int) -> int | None:
    """Return from when on a series still has raw readings, None if nothing was thinned."""
    with reader() as r:
        return raw_from(r, datastream_id)


def raw_from(r: Reader, datastream_id: int) -> int | None:
    """Return from when on a series still has raw readings, None if nothing was thinned."""
    rows = r.select("SELECT raw_from_us FROM obs_thinned WHERE datastream_id=?", (datastream_id,))
    return int(rows[0][0]) if rows else None


def first_kept(r: Reader, datastream_id: int, first_us: int) -> int:
    """Return where a series begins: with its first reading, or with hour values before that."""
    rows = r.select("SELECT first_us FROM obs_thinned WHERE datastream_id=?", (datastream_id,))
    return min(first_us, int(rows[0][0])) if rows else first_us


def _policy_of(
    series: DatastreamRow, by_target: dict[tuple[str, int], PolicyRow]
) -> PolicyRow | None:
    """Return the narrowest policy for a series."""
    kind = CLASSES.index(Protection(series.protection))
    targets = {SERIES: series.id, PROPERTY: series.property_id, CLASS: kind, ALL: 0}
    return next((by_target[s, targets[s]] for s in NARROWEST if (s, targets[s]) in by_target), None)


def _days(policy: PolicyRow) -> tuple[int, float]:
    return policy.raw_days, math.inf if policy.hour_days is None else policy.hour_days


def _policies(r: Reader, tenant_id: int) -> list[PolicyRow]:
    rows = r.select(
        "SELECT id, scope, target_id, raw_days, hour_days, active_us FROM obs_retention_policy"
        " WHERE tenant_id=? ORDER BY scope, target_id",
        (tenant_id,),
    )
    return [PolicyRow(*row) for row in rows]


def _expiry(
    datastream_id: int, name: str, policy: PolicyRow, about: tuple[int, int, bool]
) -> Expiry:
    at_us, last_us, is_held = about
    before = min(at_us - policy.raw_days * DAY_US, last_us) // HOUR_US * HOUR_US
    hours = None if policy.hour_days is None else at_us - policy.hour_days * DAY_US
    with reader() as r:
        n, first = r.select(
            "SELECT count(*), min(time) FROM obs_observation WHERE datastream_id=? AND time<?",
            (datastream_id, before),
        )[0]
    return Expiry(datastream_id, name, policy, before, hours, n, first, is_held)
