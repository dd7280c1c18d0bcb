"""OBS-53: hourly means of many series at once are those of each alone."""

import numpy as np
import pytest

from mehrwert.observations import queries
from mehrwert.observations.choices import Quality
from mehrwert.observations.rules import HOUR_US

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "observations"])


def test_many_series_at_once_are_each_alone(town):
    other = town.add_datastream()
    empty = town.add_datastream()
    times = [n * HOUR_US // 4 for n in range(40)]
    town.record(times[::-1], [n * 0.1 for n in range(40)])
    town.record([5 * HOUR_US, 5 * HOUR_US + 1], [7.0, 9.0], other)
    bad = [int(Quality.BAD)]
    town.record([6 * HOUR_US], [99.0], other, qualities=bad)
    ids = [town.datastream_id, other, empty]
    found = queries.read_hour_means(town.tenant_id, ids, 2 * HOUR_US, 8 * HOUR_US)
    assert set(found) == {town.datastream_id, other}
    assert found[other].means.tolist() == [8.0]
    alone = queries.read_hours(town.tenant_id, town.datastream_id, 2 * HOUR_US, 8 * HOUR_US)
    assert found[town.datastream_id].hours.tolist() == alone.hours.tolist()
    assert np.allclose(found[town.datastream_id].means, alone.sum / alone.n)
    assert queries.read_hour_means(town.tenant_id + 1, ids, 0, 8 * HOUR_US) == {}
