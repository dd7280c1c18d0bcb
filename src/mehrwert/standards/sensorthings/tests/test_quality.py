"""OBS-44, OBS-46: flags are ``resultQuality``; what lies in the future is stored with one."""

from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest

from mehrwert.base.actor import SYSTEM
from mehrwert.observations import actions, queries
from mehrwert.observations.choices import CLOCK_AHEAD, Quality

from .door import ask

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")
CONTEXT = actions.WriteContext(1, "test", SYSTEM)
HOUR_US = 3_600_000_000


def moment(**later):
    return (datetime.now(UTC) + timedelta(**later)).isoformat(timespec="seconds")


def post(stream, **given):
    answer = ask("POST", f"Datastreams({stream})/Observations", {"result": 1, **given})
    assert answer.status == 201
    return answer.id


def read(number):
    return ask("GET", f"Observations({number})").json


def flags_of(stream):
    rows = queries.read_observations(1, stream, newest_first=False, limit=1000)
    return [(row.quality, row.qualifiers) for row in rows]


def found(condition):
    query = f"$filter={quote(condition)}&$orderby=id&$select=id"
    answer = ask("GET", f"Observations?{query}")
    assert answer.status == 200
    return [row["@iot.id"] for row in answer.json["value"]]


def test_a_flag_of_the_town_is_seen_and_found_by_programs(stream):
    plain, wrong = (post(stream, phenomenonTime=f"2026-01-01T0{n}:00:00Z") for n in (1, 2))
    odd = post(stream, phenomenonTime="2026-01-01T03:00:00Z", resultQuality={"dq": "x"})
    row = next(r for r in queries.read_observations(1, stream) if r.id == wrong)
    span = (row.time_us, row.time_us + 1)
    actions.flag_stretch(CONTEXT, stream, span, Quality.BAD, reason="Fliege")
    assert "resultQuality" not in read(plain)
    assert read(wrong)["resultQuality"] == "bad"
    assert read(odd)["resultQuality"] == {"dq": "x"}
    assert found("resultQuality eq 'bad'") == [wrong]
    assert found("resultQuality eq null") == [plain]
    assert found("resultQuality/dq eq 'x'") == [odd]
    arrays = ask("GET", f"Datastreams({stream})/Observations?$resultFormat=dataArray")
    group = arrays.json["value"][0]
    at = group["components"].index("resultQuality")
    assert [cells[at] for cells in group["dataArray"]] == [None, "bad", {"dq": "x"}]
    everything = (0, 2**61)
    actions.flag_stretch(CONTEXT, stream, everything, Quality.SUSPECT, reason="Wartung")
    assert read(odd)["resultQuality"] == "suspect", "the town knows better than the sender"


@pytest.mark.parametrize("word", ["good", "suspect", "bad", "filled"])
def test_a_fixed_word_sets_the_flag_and_null_takes_it_away(stream, word):
    number = post(stream, phenomenonTime="2026-01-01T01:00:00Z", resultQuality=word)
    assert flags_of(stream) == [(Quality[word.upper()], None)]
    assert read(number)["resultQuality"] == word
    with queries.reader() as r:
        assert r.select("SELECT count(*) FROM obs_observation_extra") == [(0,)]
    assert ask("PATCH", f"Observations({number})", {"resultQuality": None}).status == 200
    assert flags_of(stream) == [(0, None)]
    assert ask("PATCH", f"Observations({number})", {"resultQuality": word}).status == 200
    assert read(number)["resultQuality"] == word
    assert ask("PATCH", f"Observations({number})", {"result": 5}).status == 200
    assert read(number)["resultQuality"] == word


def test_what_lies_in_the_future_is_stored_and_flagged(stream):
    post(stream, phenomenonTime=moment(minutes=9))
    post(stream, phenomenonTime=moment(minutes=11))
    post(stream, phenomenonTime=moment(days=1), parameters={"a": 1})
    assert flags_of(stream) == [(0, None), *[(Quality.SUSPECT, CLOCK_AHEAD)] * 2]


def test_a_forecast_and_what_the_sender_flagged_stay(stream):
    post(stream, phenomenonTime=moment(days=1), resultTime=moment())
    post(stream, phenomenonTime=moment(days=2), resultQuality="good")
    assert flags_of(stream) == [(0, None), (Quality.GOOD, None)]


@pytest.mark.parametrize("n", [3, 300])
def test_arrays_are_looked_at_row_by_row_and_as_columns(stream, n):
    times = ["2026-01-01T00:00:00Z", *(moment(days=1 + i) for i in range(n))]
    group = {
        "Datastream": {"@iot.id": stream},
        "components": ["phenomenonTime", "result"],
        "dataArray": [[time, 1.5] for time in times],
    }
    assert ask("POST", "CreateObservations", [group]).status == 201
    assert flags_of(stream) == [(0, None), *[(Quality.SUSPECT, CLOCK_AHEAD)] * n]
