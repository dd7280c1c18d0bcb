import pytest

from mehrwert.observations.tests.fixtures import observation_store  # noqa: F401

from . import door


@pytest.fixture
def anybody(observation_store, monkeypatch):  # noqa: F811
    """The door of an empty installation that lets everybody write as municipality 1."""
    door.become(monkeypatch, door.visitor())


@pytest.fixture
def stream(anybody) -> int:
    """One thing with place and one series; returns the id of the series."""
    thing = door.ask("POST", "Things", door.THING)
    assert thing.status == 201
    return door.ask("GET", f"Things({thing.id})/Datastreams").json["value"][0]["@iot.id"]
