"""Fixtures of the room."""

from datetime import UTC, datetime

import numpy as np
import pytest

from mehrwert.demo import actions, bundle, runtime
from mehrwert.demo.actions import seeding
from mehrwert.municipalities.tests.fixtures import make_tenant, official
from mehrwert.observations.tests.fixtures import observation_store

__all__ = ["observation_store"]

NOW = int(datetime(2026, 9, 1, 12, 7, tzinfo=UTC).timestamp()) * 1_000_000
LOCAL = {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "127.0.0.1:8000"}


class Changed:
    """The options of the run with some of them changed."""

    def __init__(self, options, **values):
        self._options, self._values = options, values

    def __getattr__(self, name):
        return self._values[name] if name in self._values else getattr(self._options, name)


@pytest.fixture
def short_bundle(monkeypatch):
    """Three stations: two days as the newest part, those around a change of clocks as the older."""
    few = {**bundle.index(), "stations": bundle.index()["stations"][:3]}
    older, newest = bundle.read_part("older"), bundle.read_part("newest")
    monkeypatch.setattr(bundle, "index", lambda: few)
    begin = int((np.datetime64("2025-10-25T00:00") - older.times[0]) / bundle.STEP)
    parts = {
        "newest": cut(newest, slice(-192, None)),
        "older": cut(older, slice(begin, begin + 3 * 96)),
    }
    monkeypatch.setattr(bundle, "read_part", parts.get)
    return parts


def cut(part: bundle.Part, span: slice) -> bundle.Part:
    return bundle.Part(part.times[span], [grid[:, span] for grid in part.grids[:3]])


@pytest.fixture
def seeded(observation_store, short_bundle, monkeypatch, settings, tmp_path):
    """A demo with two days of both towns."""
    monkeypatch.setattr(seeding, "NEWEST_DAYS", 2)
    monkeypatch.setattr(seeding, "HISTORY_DAYS", 6)
    settings.DATA_DIR = tmp_path
    official("055150000000", "Münster", 320_000)
    return actions.seed(NOW)


@pytest.fixture
def people():
    """Three towns without stations and the people of the demo."""
    actions.make_people(*map(make_tenant, ("auental", "muenster", "quellrode")))


@pytest.fixture
def demo(people, settings):
    """A process that `mehrwert demo` started."""
    settings.MEHRWERT = Changed(settings.MEHRWERT, demo=True, public_url="")
    settings.ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", "daten.auental.example"]
    begun = runtime.Runtime(8000, NOW)
    runtime.begin(begun)
    yield begun
    runtime.begin(None)
