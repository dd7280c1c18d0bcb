"""Keys of programs: hashed, scoped, expiring, rotated without gap, forgotten within 5 seconds."""

import pytest
import time_machine

from mehrwert.accounts.actions import KeyLimits, create_key, revoke_key, rotate_key
from mehrwert.accounts.errors import KeyLimitError
from mehrwert.accounts.models import ApiKey
from mehrwert.accounts.queries import cached_key, forget_keys, list_keys, read_key
from mehrwert.base.actor import Actor
from mehrwert.base.clock import now_us
from mehrwert.base.errors import NotFoundError
from mehrwert.base.models import AuditRow

pytestmark = pytest.mark.django_db
MARA = Actor("user", 7, "Mara Lind")
HOUR_US = 3_600_000_000


@pytest.fixture(autouse=True)
def no_memory():
    forget_keys()
    yield
    forget_keys()


def make(**given):
    return create_key(
        **{"tenant_id": 1, "name": "Pegel", "scopes": ["read"], "actor": MARA, **given}
    )


def test_the_secret_is_stored_nowhere():
    row, whole = make(scopes=["write", "mqtt"])
    secret = whole.split("_", 2)[2]
    stored = repr([list(ApiKey.objects.values()), list(AuditRow.objects.values())])
    assert secret not in stored
    assert row.created_by_id == 7


def test_a_key_opens_its_tenant_with_its_rights_and_limits():
    row, whole = make(
        scopes=["write", "read"], limits=KeyLimits(thing_ids=[4], datastream_ids=None)
    )
    grant = read_key(whole)
    assert (grant.key_id, grant.tenant_id) == (row.pk, 1)
    assert grant.scopes == {"read", "write"}
    assert grant.thing_ids == {4}
    assert grant.datastream_ids is None


@pytest.mark.parametrize(
    "spoil", [lambda k: k[:-1] + "!", lambda k: "mw_" + k, lambda k: "", str.upper]
)
def test_an_altered_key_opens_nothing(spoil):
    _, whole = make()
    assert read_key(spoil(whole)) is None


@pytest.mark.parametrize("scopes", [[], ["alles"], ["read", "root"]])
def test_a_key_needs_a_right_that_exists(scopes):
    with pytest.raises(KeyLimitError):
        make(scopes=scopes)
    assert not ApiKey.objects.exists()


def test_a_key_ends_when_its_time_is_over_even_from_the_cache():
    with time_machine.travel("2026-05-01T10:00Z", tick=False) as clock:
        _, whole = make(limits=KeyLimits(expires_us=now_us() + 2_000_000))
        assert read_key(whole)
        clock.shift(2)
        assert cached_key(whole) == (True, None)
        assert read_key(whole) is None


def test_rotation_leaves_no_gap_and_ends_the_old_key():
    with time_machine.travel("2026-05-01T10:00Z", tick=False) as clock:
        old_row, old = make(limits=KeyLimits(datastream_ids=[1, 2]))
        new_row, new = rotate_key(old_row.pk, tenant_id=1, overlap_hours=24, actor=MARA)
        assert read_key(old).datastream_ids == read_key(new).datastream_ids == {1, 2}
        clock.shift(24 * 3600 - 1)
        forget_keys()
        assert read_key(old)
        clock.shift(1)
        forget_keys()
        assert read_key(old) is None
        assert read_key(new).key_id == new_row.pk


def test_the_overlap_of_a_rotation_is_bounded():
    row, _ = make()
    rotate_key(row.pk, tenant_id=1, overlap_hours=10_000, actor=MARA)
    row.refresh_from_db()
    assert row.valid_until_us <= now_us() + 30 * 24 * HOUR_US


def test_a_revoked_key_is_refused_at_once_here(django_capture_on_commit_callbacks):
    row, whole = make()
    assert read_key(whole)
    with django_capture_on_commit_callbacks(execute=True):
        revoke_key(row.pk, tenant_id=1, actor=MARA)
    assert read_key(whole) is None


def test_another_process_forgets_a_revoked_key_within_5_seconds(monkeypatch):
    row, whole = make()
    clock = {"now": 100.0}
    monkeypatch.setattr("mehrwert.accounts.queries.time.monotonic", lambda: clock["now"])
    assert read_key(whole)
    ApiKey.objects.filter(pk=row.pk).update(revoked_us=now_us())  # what the other process did
    clock["now"] += 4.9
    assert read_key(whole)
    clock["now"] += 0.2
    assert read_key(whole) is None


def test_the_event_loop_asks_only_the_memory(django_assert_num_queries):
    _, whole = make()
    with django_assert_num_queries(0):
        assert cached_key(whole) == (False, None)
    read_key(whole)
    with django_assert_num_queries(0):
        assert cached_key(whole)[0]


def test_a_key_remembers_when_it_was_used():
    row, whole = make()
    assert row.last_used_us is None
    read_key(whole)
    row.refresh_from_db()
    assert row.last_used_us <= now_us()


@pytest.mark.parametrize("change", [rotate_key, revoke_key])
def test_nobody_changes_a_key_of_another_tenant(change):
    row, _ = make()
    extra = {"overlap_hours": 1} if change is rotate_key else {}
    with pytest.raises(NotFoundError):
        change(row.pk, tenant_id=2, actor=MARA, **extra)
    assert not list_keys(2).exists()


def test_only_a_key_with_the_mqtt_right_carries_the_hash_of_the_broker():
    with_right, _ = make(scopes=["mqtt"])
    without, _ = make()
    assert with_right.mqtt_hash.startswith("$7$101$")
    assert without.mqtt_hash == ""
