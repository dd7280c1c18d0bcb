"""Services outlive whatever one of their turns raises."""

import threading

import pytest

from mehrwert.base import services
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
    monkeypatch.setattr(services, "close_old_connections", lambda: calls.append(1))
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
