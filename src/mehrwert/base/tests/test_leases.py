"""One process at a time; who goes away is followed by another."""

import pytest

from mehrwert.base import leases
from mehrwert.base.leases import forget_leases, give_lease_back, take_lease
from mehrwert.base.models import Lease

pytestmark = pytest.mark.django_db
SECOND_US = 1_000_000


@pytest.fixture
def clock(monkeypatch):
    """The clock of this process, in seconds after an arbitrary start."""
    at = {"s": 1_000.0}
    monkeypatch.setattr(leases, "now_us", lambda: int(at["s"] * SECOND_US))
    return at


def test_only_one_holds_a_lease(clock):
    assert take_lease("work", 10, holder="a")
    assert not take_lease("work", 10, holder="b")
    give_lease_back("work", holder="a")
    assert take_lease("work", 10, holder="b")
    assert not take_lease("work", 10, holder="a")


def test_a_holder_that_is_gone_is_followed(clock):
    assert take_lease("work", 10, holder="a")
    clock["s"] += 9
    assert not take_lease("work", 10, holder="b")
    clock["s"] += 2
    assert take_lease("work", 10, holder="b")
    assert not take_lease("work", 10, holder="a")


def test_half_of_the_time_nothing_is_written(clock, django_assert_num_queries):
    assert take_lease("work", 10, holder="a")
    clock["s"] += 4
    with django_assert_num_queries(0):
        assert take_lease("work", 10, holder="a")
    clock["s"] += 2
    assert take_lease("work", 10, holder="a")
    assert Lease.objects.get(name="work").until_us == int((clock["s"] + 10) * SECOND_US)


def test_who_slept_too_long_asks_again(clock):
    assert take_lease("work", 10, holder="a")
    clock["s"] += 11
    assert take_lease("work", 10, holder="b")
    clock["s"] += 1
    assert not take_lease("work", 10, holder="a")


def test_what_a_process_knows_can_be_forgotten(clock):
    assert take_lease("work", 10, holder="a")
    Lease.objects.all().delete()
    forget_leases()
    assert take_lease("work", 10, holder="b")
    assert not take_lease("work", 10, holder="a")
