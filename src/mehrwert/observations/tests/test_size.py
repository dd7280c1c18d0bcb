"""Bytes per reading on disk without hour buckets (OBS-19): 60 on SQLite, 140 on PostgreSQL."""

import numpy as np
import pytest

from mehrwert.observations import actions, queries
from mehrwert.observations.stores import get_store

from .fixtures import OWN_TABLES

pytestmark = OWN_TABLES

SECOND = 1_000_000
MOST_BYTES = {"sqlite": 60, "postgres": 140}
PARTS_SQL = {
    "sqlite": "SELECT sum(pgsize) FROM dbstat WHERE name LIKE 'obs\\_observation%' ESCAPE '\\'"
    " AND name NOT LIKE '%history%'",
    "postgres": "SELECT sum(pg_total_relation_size(name)) FROM"
    " unnest(ARRAY['obs_observation', 'obs_observation_extra']) AS name",
}


def bytes_of_readings():
    with queries.reader() as reader:
        return int(reader.select(PARTS_SQL[reader.engine])[0][0])


def as_an_import(town, n):
    """One series after the other, in large blocks."""
    for name in ("Eins", "Zwei"):
        times = np.arange(n // 2, dtype=np.int64) * 900 * SECOND
        town.record(times, times % 977 / 8, town.add_datastream(name=name))


def as_sensors_send(town, n):
    """A hundred series in turn, every minute a reading of each."""
    series = [town.add_datastream(name=f"Sensor {i}") for i in range(100)]
    for minute in range(0, n // 100, 10):
        batches = [
            actions.ReadingBatch(
                one,
                [(minute + i) * 60 * SECOND for i in range(10)],
                [(one * 7 + minute + i) % 977 / 8 for i in range(10)],
            )
            for one in series
        ]
        actions.record_observations(town.context, batches)


@pytest.mark.parametrize(("how", "n"), [(as_an_import, 200_000), (as_sensors_send, 100_000)])
def test_a_reading_takes_few_bytes(town, how, n):
    empty = bytes_of_readings()
    how(town, n)
    get_store().checkpoint()
    each = (bytes_of_readings() - empty) / n
    assert queries.count_observations(1) == n
    assert 20 < each <= MOST_BYTES[get_store().engine]
