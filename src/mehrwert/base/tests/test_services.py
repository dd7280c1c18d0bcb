"""Services outlive whatever one of their turns raises."""

import threading

import pytest
from django.db import connection

from mehrwert.base import services, wakeup
from mehrwert.base.models import Lease
from mehrwert.base.services import LoopService


@pytest.mark.parametrize("error", [RuntimeError, KeyError, AssertionError])
def test_a_turn_that_raises_is_tried_again(monkeypatch, error):
    monkeypatch.setattr(services, "PAUSE_AFTER_ERROR_S", 0.01)
    turns = []
    done = threading.Event()

    def turn() -> float:
        turns.append(1)
        if len(turns) < 3:
            raise error("x")
        done.set()
        return 0.01

    service = LoopService("probe", turn)
    service.start()
    assert done.wait(5)
    assert service.is_alive
    service.stop()
    assert not service.is_alive


@pytest.mark.parametrize(("one_database", "closed"), [(False, 1), (True, 3)])
def test_a_connection_is_kept_on_sqlite_and_given_back_on_postgres(
    settings, monkeypatch, one_database, closed
):
    settings.ONE_DATABASE = one_database
    calls = []
    for module in (services, wakeup):
        monkeypatch.setattr(module, "close_old_connections", lambda: calls.append(1))
    turns = []

    def turn() -> float:
        turns.append(1)
        if len(turns) == 3:
            service.ask_to_stop()
        return 0.0

    service = LoopService("probe", turn)
    service.start()
    service.join(5)
    assert len(calls) == closed


@pytest.mark.django_db(transaction=True)
def test_who_sleeps_keeps_nobody_from_the_pool(monkeypatch):
    """With all services asleep at their bells, each connection of the pool is free for pages."""
    held = []

    class Bell(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            held.append(connection.connection is not None)
            return super().wait(0.01)

    monkeypatch.setitem(wakeup._bells, "probe", Bell())
    seen = threading.Event()

    def turn() -> float:
        Lease.objects.count()
        wakeup.wait("probe", 5)
        if len(held) == 3:
            seen.set()
        return 0.0

    service = LoopService("probe", turn)
    service.start()
    assert seen.wait(10)
    service.stop()
    assert held[:3] == [not connection.settings_dict["ENGINE"].endswith("postgresql")] * 3
