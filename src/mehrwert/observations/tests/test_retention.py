"""OBS-20: raw readings go by policy, hour values stay right, a hold wins, the audit proves it."""

import pytest

from mehrwert.base.clock import now_us
from mehrwert.observations import actions, queries
from mehrwert.observations.choices import Protection
from mehrwert.observations.errors import MissingFieldError, UnknownEntityError
from mehrwert.observations.models import ObservationsAuditRow
from mehrwert.observations.queries.retention import ALL, CLASS, CLASSES, PROPERTY, SERIES
from mehrwert.observations.recording import retention
from mehrwert.observations.rules import DAY_US, HOUR_US
from mehrwert.observations.stores import get_store

from .fixtures import OWN_TABLES

pytestmark = OWN_TABLES
HALF_HOUR = HOUR_US // 2
DAYS = 20


@pytest.fixture
def filled(town):
    """Twenty days of a reading each half hour, the last one now."""
    end = now_us() // HOUR_US * HOUR_US
    times = [end - i * HALF_HOUR for i in range(DAYS * 48)][::-1]
    town.record(times, [float(i % 7) for i in range(len(times))])
    return town, times


def policy(town, *, scope=ALL, target=0, raw_days=5, hour_days=None, is_active=True):
    number = actions.set_policy(town.context, scope, target, raw_days=raw_days, hour_days=hour_days)
    actions.switch_policy(town.context, number, is_active=is_active)
    return number


def hours(town):
    found = queries.read_hours(town.tenant_id, town.datastream_id)
    return dict(
        zip(
            found.hours.tolist(),
            zip(found.n.tolist(), found.sum.tolist(), strict=True),
            strict=True,
        )
    )


def rows(town):
    return queries.read_series(town.tenant_id, town.datastream_id).times_us.tolist()


def test_the_dry_run_says_what_would_go_and_removes_nothing(filled):
    town, times = filled
    policy(town, is_active=False)
    (would,) = queries.list_expiries(town.tenant_id, now_us(), only_active=False)
    assert would.first_us == times[0]
    assert would.n == sum(time < would.before_us for time in times)
    assert abs(would.before_us - (now_us() - 5 * DAY_US)) < HOUR_US
    assert queries.list_expiries(town.tenant_id, now_us(), only_active=True) == []
    assert actions.thin_readings() == 0
    assert rows(town) == times


def test_raw_readings_go_in_steps_and_hour_values_stay_as_they_were(filled, monkeypatch):
    town, times = filled
    monkeypatch.setattr(retention, "ROWS_AT_ONCE", 100)
    before = hours(town)
    policy(town)
    (would,) = queries.list_expiries(town.tenant_id, now_us(), only_active=True)
    assert actions.thin_readings() == would.n
    assert actions.thin_readings() <= 2
    assert rows(town)[0] >= would.before_us
    assert hours(town) == before
    series = queries.read_datastream(town.tenant_id, town.datastream_id)
    assert series.n == len(rows(town))
    assert series.first_time_us == times[0] // HOUR_US * HOUR_US
    chart = queries.read_chart(town.tenant_id, town.datastream_id)
    assert chart.source == "hour"
    days = queries.read_buckets_of_time(
        town.tenant_id, town.datastream_id, queries.BucketSize("day")
    )
    assert len(days) >= DAYS
    counted = queries.count_observations(town.tenant_id, town.datastream_id)
    assert counted == series.n
    proofs = ObservationsAuditRow.objects.filter(verb="thin").order_by("pk")
    assert len(proofs) > 3
    assert sum(proof.before["n"] for proof in proofs) == len(times) - series.n
    assert all(len(proof.before["digest"]) == 64 for proof in proofs)


def test_what_comes_late_does_not_spoil_final_hour_values(filled):
    town, times = filled
    policy(town)
    actions.thin_readings()
    before = hours(town)
    town.record([times[10] + 1], [1000.0])
    while actions.repair_hours():
        pass
    assert hours(town) == before


def test_a_hold_wins_over_every_policy_and_needs_a_reason(filled):
    town, times = filled
    policy(town)
    with pytest.raises(MissingFieldError):
        actions.put_hold(town.context, 0, " ")
    hold = actions.put_hold(town.context, 0, "Klage vor dem Verwaltungsgericht")
    assert queries.list_expiries(town.tenant_id, now_us(), only_active=True)[0].is_held
    assert actions.thin_readings() == 0
    # also if the hold came after the plan was made
    step = actions.transact(
        lambda tx: retention.thin_some(tx, town.context, town.datastream_id, times[-1], now_us())
    )
    assert step.n == 0
    actions.lift_hold(town.context, hold)
    assert actions.thin_readings() > 0
    with pytest.raises(UnknownEntityError):
        actions.lift_hold(town.context, hold)


def test_the_narrowest_policy_counts(filled):
    town, _ = filled
    policy(town, raw_days=5)
    policy(town, scope=PROPERTY, target=town.property_id, raw_days=10)
    (would,) = queries.list_expiries(town.tenant_id, now_us(), only_active=True)
    assert would.policy.scope == PROPERTY
    policy(town, scope=SERIES, target=town.datastream_id, raw_days=15)
    (would,) = queries.list_expiries(town.tenant_id, now_us(), only_active=True)
    assert (would.policy.scope, would.policy.raw_days) == (SERIES, 15)
    with pytest.raises(UnknownEntityError):
        policy(town, scope=SERIES, target=999_999)


def test_hour_values_go_too_when_that_was_asked_for_and_the_newest_reading_never(filled):
    town, times = filled
    policy(town, raw_days=1, hour_days=3)
    actions.thin_readings(now_us() + 365 * DAY_US)
    assert rows(town)[-1] == times[-1]
    assert min(hours(town)) >= times[-1] // HOUR_US - 1


def test_stretches_that_wait_for_repair_are_left_for_the_next_night(filled):
    town, times = filled
    policy(town)
    tables = ("tenant_id", "datastream_id", "from_hour", "to_hour")
    hour = times[5] // HOUR_US
    actions.transact(
        lambda tx: tx.insert_many(
            "obs_dirty_hours", tables, [(town.tenant_id, town.datastream_id, hour, hour + 1)]
        )
    )
    assert actions.thin_readings() == 0
    actions.repair_hours()
    assert actions.thin_readings() > 0
    assert get_store() is not None


def test_a_protection_class_has_a_policy_of_its_own(filled):
    """OBS-20: narrower than all series, wider than a property."""
    town, _ = filled
    policy(town, raw_days=3)
    place = CLASSES.index(Protection.INTERNAL)
    policy(town, scope=CLASS, target=place, raw_days=8)
    (would,) = queries.list_expiries(town.tenant_id, now_us(), only_active=True)
    assert would.policy.raw_days == 8
    policy(town, scope=PROPERTY, target=town.property_id, raw_days=9)
    (would,) = queries.list_expiries(town.tenant_id, now_us(), only_active=True)
    assert would.policy.raw_days == 9
    with pytest.raises(UnknownEntityError):
        policy(town, scope=CLASS, target=len(CLASSES))
