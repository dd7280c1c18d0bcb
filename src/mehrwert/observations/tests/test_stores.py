"""What every storage engine promises; the run chooses the engine (see ``conftest.py`` on top)."""

import asyncio

import pytest
import shapely

from mehrwert.base.errors import MehrwertError
from mehrwert.observations import actions, queries
from mehrwert.observations.errors import KeyTakenError
from mehrwert.observations.stores import get_store
from mehrwert.observations.stores.base import OBSERVATION_COLUMNS, STATE_COLUMNS
from mehrwert.observations.stores.postgres import wire
from mehrwert.observations.stores.postgres.connection import numbered
from mehrwert.observations.writer import stop_writers

from .fixtures import OWN_TABLES

pytestmark = OWN_TABLES

HOUR = 3_600_000_000


@pytest.fixture
def writer(observation_store):
    """A connection for writing of our own, in an open transaction."""
    stop_writers()
    connection = observation_store.open_writer()
    connection.begin(alone=True)
    yield connection
    connection.rollback()
    connection.close()


def test_json_goes_in_and_comes_out_as_text(writer):
    row_id = writer.insert(
        "obs_thing",
        {
            "tenant_id": 1,
            "name": "Brücke „Ost“ 100 %",
            "description": "?",
            "field": "",
            "properties": '{"a": [1, null, "ä"]}',
            "created_us": 5,
        },
    )
    rows = writer.select(
        "SELECT name, properties, '?', 'it''s 5 %' FROM obs_thing"
        " WHERE id=? AND name LIKE '%100 %'",
        (row_id,),
    )
    assert rows == [("Brücke „Ost“ 100 %", '{"a": [1, null, "ä"]}', "?", "it's 5 %")]


def test_sums_are_plain_numbers(writer):
    rows = writer.select("SELECT sum(n), sum(n) * 1.5, count(*) FROM obs_datastream_state")
    assert rows == [(None, None, 0)]
    writer.insert_many(
        "obs_datastream_state",
        ("datastream_id", "tenant_id", "next_seq", "n"),
        [(1, 1, 0, 2**31 - 1), (2, 1, 0, 2**31 - 1)],
    )
    big, _, n = writer.select("SELECT sum(n), 0, count(*) FROM obs_datastream_state")[0]
    assert (big, type(big), n) == (2**32 - 2, int, 2)


def test_rows_written_in_every_way_read_the_same(town):
    times = [HOUR * i for i in range(300)]
    results = [i / 8 for i in range(300)]
    block = town.add_datastream(name="Block")
    single = town.add_datastream(name="Einzeln")
    town.record(times, results, block, ends_us=[t + 5 for t in times], qualities=[2] * 300)
    for start in range(0, 300, 50):
        part = slice(start, start + 50)
        ends = [t + 5 for t in times[part]]
        town.record(times[part], results[part], single, ends_us=ends, qualities=[2] * 50)
    columns = ",".join(OBSERVATION_COLUMNS[1:])
    with queries.reader() as reader:
        one, other = (
            reader.select(
                f"SELECT {columns} FROM obs_observation WHERE datastream_id=? ORDER BY time, seq",
                (series,),
            )
            for series in (block, single)
        )
        states = reader.select(
            f"SELECT {','.join(STATE_COLUMNS[2:])} FROM obs_datastream_state"
            " WHERE datastream_id IN (?, ?)",
            (block, single),
        )
    assert len(one) == 300
    assert one == other
    assert states[0] == states[1]


def test_a_stream_gives_all_rows_in_chunks_and_may_be_left(town):
    town.record(list(range(1000)), [0.5] * 1000)
    assert [len(c) for c in queries.stream_rows(1, town.datastream_id, chunk=400)] == [
        400,
        400,
        200,
    ]
    for _ in range(40):  # more than there are connections
        next(queries.stream_rows(1, town.datastream_id, chunk=10))
    assert queries.count_observations(1) == 1000


def test_two_streams_of_one_reader_do_not_disturb_each_other(town):
    town.record(list(range(30)), [0.5] * 30)
    sql = "SELECT time FROM obs_observation WHERE datastream_id=? ORDER BY time"
    with queries.reader() as reader:
        pairs = zip(
            reader.stream(sql, (town.datastream_id,), 10),
            reader.stream(sql, (town.datastream_id,), 10),
            strict=True,
        )
        assert [a == b for a, b in pairs] == [True, True, True]
        assert reader.select("SELECT count(*) FROM obs_observation") == [(30,)]


def test_a_reader_cannot_write(town):
    with pytest.raises(Exception, match="read"), queries.reader() as reader:
        reader.select("DELETE FROM obs_thing WHERE tenant_id=1")
    assert len(queries.list_things(1)) == 1


def test_a_failed_statement_leaves_a_healthy_store(town):
    with pytest.raises(Exception, match="obs_nothing"), queries.reader() as reader:
        reader.select("SELECT 1 FROM obs_nothing")
    town.record([1], [1.0])
    assert queries.read_latest(1)[town.datastream_id].result == 1.0


def test_a_taken_key_is_an_error_of_ours(town):
    actions.create_thing(town.context, name="A", external_key="a")
    with pytest.raises(KeyTakenError):
        actions.create_thing(town.context, name="B", external_key="a")
    assert len(queries.list_things(1)) == 2


@pytest.mark.parametrize("value", ["\ud800", "a\x00b"])
def test_texts_no_engine_can_hold_are_refused(town, value):
    with pytest.raises(MehrwertError):
        actions.create_thing(town.context, name=value)
    with pytest.raises(MehrwertError):
        actions.create_thing(town.context, name="A", properties={"a": [value]})
    with pytest.raises(MehrwertError):
        town.record([1], [value])
    town.record([1], ["\\u0000"])
    assert queries.read_observations(1, town.datastream_id)[0].result == "\\u0000"


def test_many_ask_from_an_event_loop_at_once(observation_store):
    """Each gets its own answer; what is wrong with one question is told to nobody else."""

    async def ask():
        numbers = [observation_store.aselect("SELECT ? + 1", (i,)) for i in range(300)]
        wrong = observation_store.aselect("SELECT nothing FROM obs_thing")
        return await asyncio.gather(*numbers[:150], wrong, *numbers[150:], return_exceptions=True)

    for _ in range(2):  # the second loop goes on where the first has ended
        answers = asyncio.run(ask())
        wrong = answers.pop(150)
        assert answers == [[(i + 1,)] for i in range(300)]
        assert "nothing" in str(wrong)


def test_a_question_that_nobody_waits_for_any_more_disturbs_nobody(observation_store):
    async def ask():
        given_up = asyncio.create_task(observation_store.aselect("SELECT 1"))
        await asyncio.sleep(0)
        given_up.cancel()
        return await observation_store.aselect("SELECT 2")

    assert asyncio.run(ask()) == [(2,)]


def test_more_statements_than_are_kept_ready(observation_store, monkeypatch):
    monkeypatch.setattr(wire, "MOST_PREPARED", 2)

    async def ask():
        return [await observation_store.aselect(f"SELECT {i % 5}") for i in range(20)]

    assert asyncio.run(ask()) == [[(i % 5,)] for i in range(20)]


def test_geometry_is_indexed_with_its_box(town):
    line = {"type": "LineString", "coordinates": [[7.0, 51.0, 90.0], [7.2, 51.4, 80.0]]}
    place = actions.create_location(town.context, name="Bach", location=line)
    assert _box(place) == pytest.approx((7.0, 51.0, 7.2, 51.4), abs=1e-5)
    actions.update_location(
        town.context, place, location={"type": "Point", "coordinates": [8.0, 50.0]}
    )
    assert _box(place) == pytest.approx((8.0, 50.0, 8.0, 50.0), abs=1e-5)
    actions.update_location(town.context, place, location={"kein": "GeoJSON"})
    assert _box(place) is None


def _box(location_id):
    with queries.reader() as reader:
        columns, table = {
            "sqlite": ("min_lon, min_lat, max_lon, max_lat", "obs_location_rtree"),
            "postgres": ("ST_AsText(geom)", "obs_location"),
        }[reader.engine]
        rows = reader.select(f"SELECT {columns} FROM {table} WHERE id=?", (location_id,))
    if not rows or rows[0][0] is None:
        return None
    return rows[0] if len(rows[0]) == 4 else shapely.from_wkt(rows[0][0]).bounds


def test_what_is_written_counts_as_bytes(town):
    """Tests before this one may have left room in the file: write until it is used up."""
    before, first = get_store().size_bytes(), 0
    while get_store().size_bytes() <= before and first < 2_000_000:
        town.record(list(range(first, first + 50_000)), [0.5] * 50_000)
        first += 50_000
    assert get_store().size_bytes() > before


def test_marks_inside_quotes_are_no_placeholders():
    assert numbered("a=? AND b='?' AND \"c?\"=? AND d LIKE '%''?'") == (
        b"a=$1 AND b='?' AND \"c?\"=$2 AND d LIKE '%''?'"
    )


def test_the_server_learns_at_once_how_large_an_import_was(observation_store, town, monkeypatch):
    if observation_store.engine != "postgres":
        pytest.skip("SQLite plans without statistics")
    monkeypatch.setattr("mehrwert.observations.stores.postgres.store.GROWN_ROWS", 500)
    town.record([HOUR * i for i in range(1_000)], [1.0] * 1_000)
    observation_store.checkpoint()
    asked = "SELECT reltuples FROM pg_class WHERE oid='obs_observation'::regclass"
    with observation_store.reader() as reader:
        assert reader.select(asked)[0][0] == 1_000
