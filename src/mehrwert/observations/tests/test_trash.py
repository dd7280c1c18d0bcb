"""UX-57: what a person deletes on a page comes back within thirty days, as it was."""

import pytest

from mehrwert.base.actor import SYSTEM
from mehrwert.base.clock import now_us
from mehrwert.observations import actions, queries
from mehrwert.observations.actions import WriteContext
from mehrwert.observations.choices import RowStatus
from mehrwert.observations.errors import (
    TrashKeyTakenError,
    TrashThingGoneError,
    UnknownEntityError,
    UnknownTrashError,
)
from mehrwert.observations.queries.as_of import read_as_of
from mehrwert.observations.rules import DAY_US
from mehrwert.observations.stores import get_store

from .fixtures import OWN_TABLES, make_town

pytestmark = OWN_TABLES


def rows_of(table):
    with get_store().reader() as reader:
        return sorted(reader.select(f"SELECT * FROM {table}"), key=str)


def everything():
    tables = ("thing", "datastream", "datastream_state", "observation", "historical_location")
    return {table: rows_of(f"obs_{table}") for table in (*tables, "thing_location", "hour_bucket")}


@pytest.fixture
def measured(town):
    town.record([1, 2, 3], [1.0, 2.0, 3.0])
    town.add_datastream(name="Zweite", external_key="zwei")
    return town


def test_a_thing_is_out_of_sight_and_comes_back_with_everything(measured):
    before = everything()
    trash_id = actions.put_away_thing(measured.context, measured.thing_id)
    assert queries.list_things(1) == []
    assert queries.list_datastreams(1) == []
    assert queries.list_glances(1) == []
    assert queries.count_observations(1) == 0
    with pytest.raises(UnknownEntityError):
        queries.read_series(1, measured.datastream_id)
    assert measured.record([4], [4.0]).rows[0].statuses == (RowStatus.UNKNOWN_DATASTREAM,)
    (item,) = queries.list_trash(1)
    assert (item.id, item.kind, item.name) == (trash_id, "thing", "Pegel Mühlbach")
    assert (item.n, item.n_series) == (3, 2)
    assert queries.list_trash(2) == []
    assert actions.take_back(measured.context, trash_id) == ("thing", measured.thing_id)
    assert everything() == before
    assert queries.list_trash(1) == []
    assert measured.record([4], [4.0]).created == 1


def test_a_series_comes_back_alone(measured):
    before = everything()
    trash_id = actions.put_away_datastream(measured.context, measured.datastream_id)
    assert [s.name for s in queries.list_datastreams(1)] == ["Zweite"]
    assert actions.take_back(measured.context, trash_id) == ("datastream", measured.datastream_id)
    assert everything() == before


def test_a_series_that_was_deleted_before_its_thing_stays_deleted(measured):
    alone = actions.put_away_datastream(measured.context, measured.datastream_id)
    whole = actions.put_away_thing(measured.context, measured.thing_id)
    with pytest.raises(TrashThingGoneError, match="selbst gelöscht"):
        actions.take_back(measured.context, alone)
    actions.take_back(measured.context, whole)
    assert [s.name for s in queries.list_datastreams(1)] == ["Zweite"]
    actions.take_back(measured.context, alone)
    assert len(queries.list_datastreams(1)) == 2


def test_a_key_may_be_used_again_and_then_stands_in_the_way(measured):
    second = next(s for s in queries.list_datastreams(1) if s.name == "Zweite")
    trash_id = actions.put_away_datastream(measured.context, second.id)
    new = measured.add_datastream(name="Neu", external_key="zwei")
    with pytest.raises(TrashKeyTakenError, match="zwei"):
        actions.take_back(measured.context, trash_id)
    actions.put_away_datastream(measured.context, new)
    actions.take_back(measured.context, trash_id)
    (found,) = [s for s in queries.list_datastreams(1) if s.external_key == "zwei"]
    assert found.id == second.id


def test_after_thirty_days_it_is_gone_for_good(measured):
    alone = actions.put_away_datastream(measured.context, measured.datastream_id)
    actions.put_away_thing(measured.context, measured.thing_id)
    assert actions.empty_trash(now_us() + 29 * DAY_US) == 0
    assert actions.empty_trash(now_us() + 31 * DAY_US) == 2
    assert actions.empty_trash(now_us() + 31 * DAY_US) == 0
    left = everything()
    assert {name for name, rows in left.items() if rows} == set()
    assert queries.list_trash(1) == []
    with pytest.raises(UnknownTrashError):
        actions.take_back(measured.context, alone)


def test_what_hangs_on_a_deleted_sensor_goes_from_the_trash_too(measured):
    trash_id = actions.put_away_datastream(measured.context, measured.datastream_id)
    actions.delete_sensor(measured.context, measured.sensor_id)
    assert queries.list_trash(1) == []
    assert rows_of("obs_observation") == []
    with pytest.raises(UnknownTrashError):
        actions.take_back(measured.context, trash_id)


def test_other_municipalities_neither_delete_nor_bring_back(measured):
    other = WriteContext(2, "test", SYSTEM)
    with pytest.raises(UnknownEntityError):
        actions.put_away_thing(other, measured.thing_id)
    trash_id = actions.put_away_thing(measured.context, measured.thing_id)
    for stranger in (other, WriteContext(-1, "test", SYSTEM)):
        with pytest.raises(UnknownTrashError):
            actions.take_back(stranger, trash_id)
    make_town(2)
    assert len(queries.list_things(2)) == 1


def test_the_past_knows_when_it_lay_in_the_trash(measured):
    """OBS-22: as of a date between, the thing was not there."""
    there = now_us()
    trash_id = actions.put_away_thing(measured.context, measured.thing_id)
    between = now_us()
    actions.take_back(measured.context, trash_id)
    for at, expected in ((there, 1), (between, 0), (now_us(), 1)):
        with read_as_of(1, at).reader() as reader:
            assert len(reader.select("SELECT id FROM obs_thing")) == expected
