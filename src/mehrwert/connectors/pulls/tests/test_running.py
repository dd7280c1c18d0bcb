"""Runs against recorded answers of the four public sources and SensorThings (OBS-12, OBS-14)."""

import pytest

from mehrwert.base.actor import SYSTEM
from mehrwert.base.clock import now_us
from mehrwert.base.models import AuditRow
from mehrwert.base.tenant import tenant_scope
from mehrwert.connectors.pulls import actions
from mehrwert.connectors.pulls.models import Pull, PullRun
from mehrwert.intake.models import Source
from mehrwert.observations.queries import (
    list_datastreams,
    list_history,
    list_things,
    read_observations,
)

from .factories import make_pull
from .server import DWD_HEAD, dwd_row, zipped

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "observations"])
NOW_S = 1_777_629_600  # 2026-05-01 10:00 UTC
PEGEL = "/webservices/rest-api/v2/stations/BONN/W/measurements.json"
UBA = "/api/air-data/v3/measures/json"
DWD = "/climate_environment/CDC/observations_germany/climate/10_minutes/air_temperature"


@pytest.fixture
def clock(observation_store, time_machine):
    time_machine.move_to(NOW_S, tick=False)
    with tenant_scope(1):
        yield time_machine


def run(pull):
    actions.run_pull(1, pull.pk)
    pull.refresh_from_db()
    return PullRun.objects.order_by("-pk").first()


def series():
    return {
        row.name: [(o.time_us // 1_000_000 - NOW_S, o.result) for o in read_observations(1, row.id)]
        for row in list_datastreams(1)
    }


def levels(*pairs):
    return [{"timestamp": f"2026-05-01T{clock}:00+02:00", "value": value} for clock, value in pairs]


def test_pegelonline_again_and_again_with_a_correction(server, clock):
    place = "/webservices/rest-api/v2/stations/BONN.json"
    server.set(place, {"uuid": "x", "longitude": 7.108, "latitude": 50.73})
    server.set(PEGEL, levels(("11:30", 201.0), ("11:45", 203.0), ("12:00", None)))
    pull = make_pull(1, name="Rhein bei Bonn")
    first = run(pull)
    assert (first.is_ok, first.n_new) == (True, 2), first.told
    assert series() == {"Wasserstand, Rhein bei Bonn": [(-900, 203.0), (-1800, 201.0)]}
    (row,) = list_datastreams(1)
    assert (row.unit_symbol, row.expected_interval_s) == ("cm", 900)
    (thing,) = list_things(1)
    assert (thing.lon, thing.lat) == (7.108, 50.73)
    clock.move_to(NOW_S + 900, tick=False)
    server.set(PEGEL, levels(("11:45", 203.5), ("12:00", 204.0), ("12:15", 204.0)))
    second = run(pull)
    assert (second.n_new, second.n_same, second.n_corrected) == (2, 0, 1)
    asked = [query["start"][0] for query in server.queries(PEGEL)]
    assert asked == [
        "2026-03-31T10:00:00Z",
        "2026-04-15T10:00:00Z",
        "2026-04-30T10:00:00Z",
        "2026-05-01T07:45:00Z",
    ]
    assert list_history(1, row.id)


def test_a_server_that_fails_is_asked_ever_later_and_a_gap_is_filled(server, clock):
    server.set(PEGEL, levels(("11:30", 1)))
    pull = make_pull(1, lon=7.0, lat=50.0)
    run(pull)
    server.status = 503
    waits = []
    for _ in range(4):
        clock.shift(900)
        failed = run(pull)
        waits.append((pull.due_us - now_us()) // 1_000_000)
        assert not failed.is_ok
        assert failed.told["data"] == {"host": "127.0.0.1", "status": "503", "wait_s": "0"}
    assert waits == [60, 120, 240, 480]
    assert Source.objects.get().trouble["sentence"].startswith("Der Server")
    server.headers = {"Retry-After": "7200"}
    run(pull)
    assert pull.due_us - now_us() == 7_200_000_000
    server.status = 200
    clock.move_to(NOW_S + 20 * 86_400, tick=False)
    run(pull)
    assert server.queries(PEGEL)[-2]["start"] == ["2026-05-01T07:30:00Z"]
    assert pull.failures == 0
    assert Source.objects.get().trouble == {}
    clock.move_to(NOW_S + 60 * 86_400, tick=False)
    late = run(pull)
    assert "So weit zurück" in late.told["sentence"]
    assert late.is_ok


def test_the_umweltbundesamt_counts_in_winter_time(server, clock):
    row = [5, 2, 22, "2026-05-01 11:00:00", "1"]
    none = [5, 2, None, "2026-05-01 12:00:00", None]
    rows = {"2026-05-01 10:00:00": row, "2026-05-01 11:00:00": none}
    server.set(UBA, {"request": {}, "indices": {}, "data": {"143": rows}})
    pull = make_pull(1, "umweltbundesamt", {"station": "143", "component": "5"}, name="Markt")
    done = run(pull)
    assert done.is_ok, done.told
    assert series() == {"Stickstoffdioxid (NO₂), Markt": [(-3600, 22.0)]}
    (one,) = read_observations(1, list_datastreams(1)[0].id)
    assert one.end_us - one.time_us == 3_600_000_000
    asked = server.queries(UBA)[-1]
    assert (asked["station"], asked["component"], asked["scope"]) == (["143"], ["5"], ["2"])
    server.set(UBA, {"request": {}, "indices": {}, "data": []})
    assert run(pull).is_ok


def test_the_weather_service_gives_the_past_and_today(server, clock):
    past = dwd_row("202604300000", "8.5", "71.0") + dwd_row("202604300010", "-999", "72.0")
    server.set(f"{DWD}/recent/10minutenwerte_TU_00433_akt.zip", zipped(DWD_HEAD + past))
    today = dwd_row("202605010930", "12.25", "-999")
    now_file = zipped(DWD_HEAD + today, "produkt_zehn_now_tu_20260501_20260501_00433.txt")
    server.set(f"{DWD}/now/10minutenwerte_TU_00433_now.zip", now_file)
    pull = make_pull(1, "dwd_temperatur", {"station": "433"}, name="Flughafen", lon=8.0, lat=50.0)
    done = run(pull)
    assert done.is_ok, done.told
    assert series() == {
        "Lufttemperatur, Flughafen": [(-1800, 12.25), (-122_400, 8.5)],
        "Relative Luftfeuchte, Flughafen": [(-121_800, 72.0), (-122_400, 71.0)],
    }
    server.asked.clear()
    run(pull)
    assert [path for path, _ in server.asked] == [f"{DWD}/now/10minutenwerte_TU_00433_now.zip"]


def test_any_sensorthings_server_page_by_page(server, clock):
    unit = {"name": "Grad Celsius", "symbol": "°C"}
    stream = "/FROST/v1.1/Datastreams(12)"
    server.set(stream, {"name": "Luft am Rathaus", "unitOfMeasurement": unit})
    one = {"phenomenonTime": "2026-05-01T09:00:00.000Z", "result": 14.5}
    span = {"phenomenonTime": "2026-05-01T09:10:00Z/2026-05-01T09:20:00Z", "result": 15}
    more = f"{server.root}{stream}/Observations2"
    server.set(f"{stream}/Observations", {"value": [one], "@iot.nextLink": more})
    server.set(f"{stream}/Observations2", {"value": [span], "@iot.nextLink": "http://10.0.0.1/x"})
    answers = {"address": f"{server.root}/FROST/v1.1/", "series": "12"}
    pull = make_pull(1, "sensorthings", answers, name="Nachbarkreis")
    done = run(pull)
    assert done.is_ok, done.told
    assert series() == {"Luft am Rathaus, Nachbarkreis": [(-3000, 15.0), (-3600, 14.5)]}
    run(pull)
    asked = server.queries(f"{stream}/Observations")[-1]
    assert asked["$filter"] == ["phenomenonTime ge 2026-05-01T08:10:00Z"]
    assert PullRun.objects.order_by("-pk")[0].n_same == 2


def test_a_whole_sensorthings_server_with_its_things(server, clock):
    """OBS-12: also to move away from one; what was missed is read from where it stopped."""
    root = "/FROST/v1.1"
    point = {"type": "Point", "coordinates": [7.6, 51.9]}
    thing = {"@iot.id": "t'1", "name": "Rathaus", "Locations": [{"location": point}]}
    rows = [{"@iot.id": 12, "name": "Luft", "Thing": thing}, {"@iot.id": "b 2", "name": "Regen"}]
    more = f"{server.root}{root}/Datastreams2"
    server.set(f"{root}/Datastreams", {"value": rows[:1], "@iot.nextLink": more})
    server.set(f"{root}/Datastreams2", {"value": rows[1:], "@iot.nextLink": "http://10.0.0.1/x"})
    value = {"phenomenonTime": "2026-05-01T09:00:00.000Z", "result": 14.5}
    server.set(f"{root}/Datastreams(12)/Observations", {"value": [value]})
    server.set(f"{root}/Datastreams('b%202')/Observations", {"value": [value]})
    answers = {"address": f"{server.root}{root}", "series": "alle"}
    pull = make_pull(1, "sensorthings", answers, name="Alter Server")
    done = run(pull)
    assert done.is_ok, done.told
    assert set(series()) == {"Luft, Rathaus", "Regen, Alter Server"}
    (town_hall,) = [one for one in list_things(1) if one.name == "Rathaus"]
    assert (town_hall.lon, town_hall.lat) == (7.6, 51.9)
    run(pull)
    asked = server.queries(f"{root}/Datastreams(12)/Observations")[-1]
    assert asked["$filter"] == ["phenomenonTime ge 2026-05-01T08:00:00Z"]
    assert PullRun.objects.order_by("-pk")[0].n_same == 2


def test_a_table_in_the_net_with_a_password(server, clock):
    server.set("/logger.csv", b"Zeit;Pegel\n01.05.2026 11:00;1,5\n01.05.2026 13:00;9\n")
    answers = {
        "address": f"{server.root}/logger.csv",
        "time_column": "Zeit",
        "zone": "Europe/Berlin",
        "columns": "Pegel; Pegelstand; Meter; m",
    }
    login = actions.Credentials("stadt", "geheim!")
    pull = make_pull(1, "tabelle", answers, login, name="Wehr")
    assert run(pull).is_ok
    assert series() == {"Pegelstand, Wehr": [(-3600, 1.5)]}, "what lies ahead is left out"
    assert "geheim!" not in str(list(AuditRow.objects.values())) + pull.sealed_password


@pytest.mark.parametrize(
    ("body", "code"),
    [(None, "kennt das Gefragte nicht"), (b"<html>", "anders aufgebaut"), (b"[3]", "anders")],
)
def test_what_goes_wrong_is_a_sentence(server, clock, body, code):
    if body is not None:
        server.set(PEGEL, body)
    pull = make_pull(1, lon=7.0, lat=50.0)
    failed = run(pull)
    assert code in failed.told["sentence"]
    assert list_datastreams(1) == []


def test_only_what_is_due_runs_and_never_twice_at_once(server, clock):
    server.set(PEGEL, levels(("11:30", 1)))
    pull = make_pull(1, lon=7.0, lat=50.0)
    Pull.objects.update(lease_until_us=now_us() + 1000)
    assert actions.run_due() == 0
    Pull.objects.update(lease_until_us=0)
    assert actions.run_due() == 1
    assert actions.run_due() == 0
    actions.pause_pull(pull, paused=True, actor=SYSTEM)
    clock.shift(5000)
    assert actions.run_due() == 0
    pull.source.refresh_from_db()
    actions.pause_pull(pull, paused=False, actor=SYSTEM)
    assert actions.run_due() == 1
    actions.end_pull(pull, actor=SYSTEM)
    clock.shift(5000)
    assert actions.run_due() == 0
