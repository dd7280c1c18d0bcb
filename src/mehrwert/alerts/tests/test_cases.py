"""The pages of the use cases: each answers its question; maintenance falls due."""

from datetime import timedelta

import pytest

from mehrwert.alerts import actions, queries
from mehrwert.alerts.actions import PlanChoice
from mehrwert.alerts.choices import RuleKind, Standing, TaskKind
from mehrwert.alerts.models import Maintenance, Task
from mehrwert.alerts.rules import outlook, running_s, slope_per_h
from mehrwert.alerts.use_cases import USE_CASES, find_use_case
from mehrwert.base.actor import SYSTEM
from mehrwert.base.clock import from_us, now_us
from mehrwert.base.tenant import tenant_scope

from .factories import watching

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "observations"])
HOUR = 3_600_000_000
DAY = 24 * HOUR


@pytest.fixture
def situation(place):
    """Open a page as somebody who may edit."""
    return lambda path: place.client.get(f"/{place.tenant.slug}/meldungen/lage/{path}")


def words(answer):
    return " ".join(answer.content.decode().replace("\u00a0", " ").split())


def made(place, name, prop, **series):
    """Make a thing with a series that owes a value twice a day; return both ids."""
    return place.thing(
        name, series={"property_name": prop, "expected_interval_s": 43_200, **series}
    )


def test_how_far_it_is_to_the_limit():
    up = outlook(0.5, 0.1, 0.8, is_low_bad=False, soon_h=6)
    assert (up.standing, round(up.hours, 6)) == (Standing.SOON, 3.0)
    assert outlook(0.9, 0.1, 0.8, is_low_bad=False, soon_h=6).standing is Standing.DUE
    assert outlook(0.5, -0.1, 0.8, is_low_bad=False, soon_h=6).standing is Standing.FINE
    assert outlook(20, -0.1, 14, is_low_bad=True, soon_h=72).standing is Standing.SOON
    assert outlook(20, None, None, is_low_bad=True, soon_h=72).standing is Standing.NO_LIMIT
    assert slope_per_h([1, 2, 3, 9], [0, 1, 2, 14], 6) == 2.0
    assert slope_per_h([5], [1], 6) is None


def test_running_is_counted_while_somebody_looks():
    minute = 60_000_000
    times = [0, 10 * minute, 20 * minute, 30 * minute, 600 * minute]
    assert running_s(times, [3, 0, 3, 3, 0], 0.5) == (10 + 10 + 60) * 60


def test_thirsty_trees(place, situation):
    """OBS-34: who needs water today, who will soon; the limit comes from the rule."""
    trees = {}
    for name, values in {"Linde": [16, 12], "Ahorn": [20, 15.5], "Eiche": [30, 30]}.items():
        _, trees[name] = made(place, name, "Bodenfeuchte")
        at = now_us() - 24 * HOUR
        place.record(trees[name], [at, now_us() - HOUR], [float(v) for v in values])
        watching(place.tenant.pk, trees[name], kind=RuleKind.BELOW, threshold=14.0)
    with tenant_scope(place.tenant.pk):
        rows = queries.read_case(place.tenant.pk, find_use_case("baeume"))
    stands = [(row.thing.name, row.outlook.standing) for row in rows]
    assert stands == [
        ("Linde", Standing.DUE),
        ("Ahorn", Standing.SOON),
        ("Eiche", Standing.FINE),
    ]
    overview = words(situation(""))
    assert "1 von 3 Standorten braucht heute Wasser: Linde." in overview
    assert overview.index("Durstige Bäume") < overview.index("Bach und Pegel")
    told = words(situation("baeume/"))
    assert "1 von 3 Standorten braucht heute Wasser: Linde." in told
    assert "In den nächsten drei Tagen folgen wohl: Ahorn." in told
    table = b"".join(situation("baeume/orte.csv").streaming_content).decode()
    assert "Linde;Bodenfeuchte" in table
    assert ";braucht Wasser;" in table


def test_silence_and_missing_rules_are_no_good_news(place, situation):
    """What nobody judges is named; the answer speaks of the others only."""
    for name, hours_ago in (("Eiche", 1), ("Linde", 1), ("Ulme", 90)):
        _, series = made(place, name, "Bodenfeuchte")
        place.record(series, [now_us() - hours_ago * HOUR], [30.0])
        if name != "Linde":
            watching(place.tenant.pk, series, kind=RuleKind.BELOW, threshold=14.0)
    told = words(situation("baeume/"))
    assert "Der eine beurteilte Standort braucht heute kein Wasser." in told
    assert "Nicht beurteilt: Messreihen ohne Regel (1) oder neuen Wert (1)." in told
    _, series = made(place, "Pumpwerk", "Pumpenstrom")
    place.record(series, [now_us() - HOUR], [3.0])
    told = words(situation("pumpen/"))
    assert "Noch lässt sich nichts beurteilen. Nicht beurteilt: Messreihen ohne Regel (1)." in told
    assert "Alle Werte liegen" not in told


def test_the_brook_and_how_long_it_takes(place, situation):
    _, series = made(place, "Pegel Mühle", "Wasserstand")
    at = now_us()
    place.record(series, [at - 3 * HOUR, at - 2 * HOUR, at - HOUR], [0.3, 0.4, 0.5])
    assert "Noch sagt keine Regel, ab wann gewarnt wird." in words(situation("bach/"))
    watching(place.tenant.pk, series, kind=RuleKind.ABOVE, threshold=0.8)
    told = words(situation("bach/"))
    assert "Er steigt um 0,1 m je Stunde." in told
    assert "ist die Warnmarke von 0,8 m in etwa 3 Stunden da." in told


def test_heat_and_counts(place, situation):
    for name, value in (("Markt", 31.5), ("Park", 27.0)):
        _, series = made(place, name, "Lufttemperatur", unit_symbol="°C")
        place.record(series, [now_us() - HOUR // 2], [value])
    told = words(situation("hitze/"))
    assert (
        "Am wärmsten ist es mit 31,5 °C hier: Markt. Das sind 4,5 °C mehr als hier: Park." in told
    )
    assert "1 Stunde über 30 °C; neun von zehn Stunden unter 31,5 °C" in told
    _, series = made(place, "Brücke", "Verkehrszählung", aggregation="sum", unit_symbol="")
    start = now_us() // DAY * DAY - 9 * DAY + 12 * HOUR
    times = [start + n * DAY for n in range(10) if start + n * DAY < now_us()]
    place.record(series, times, [100.0 + n for n in range(len(times))])
    assert words(situation("")).index("Hitzeinseln") < words(situation("")).index("Durstige Bäume")
    told = words(situation("verkehr/"))
    assert "zählte eine Zählstelle 10" in told
    assert "Eine Woche davor waren es 10" in told


def test_no_page_is_empty(situation):
    for case in USE_CASES:
        told = words(situation(f"{case.key}/"))
        assert case.why in told
        assert "Zum Paket, das es einrichtet" in told
    assert situation("gibtesnicht/").status_code == 404
    assert "Noch nicht eingerichtet: so geht es" in words(situation(""))


def test_maintenance_by_days_and_by_hours_of_running(place, situation):
    """Falls due, stands in a round once, begins anew when ticked off there."""
    thing_id, series = made(place, "Pumpwerk Süd", "Pumpenstrom", unit_symbol="A")
    begun = now_us() - 10 * DAY
    times = [begun + n * HOUR // 2 for n in range(200)]
    place.record(series, times, [5.0] * 200)
    with tenant_scope(place.tenant.pk):
        plan = actions.create_plan(
            place.tenant.pk, PlanChoice("Pumpen warten", TaskKind.OTHER), actor=SYSTEM
        )
    today = from_us(begun).date() - timedelta(days=1)
    client, path = place.client, f"/{place.tenant.slug}/meldungen/lage/wartung/"
    given = {
        "title": "Laufrad prüfen",
        "thing": thing_id,
        "every_days": "30",
        "every_hours": "80",
        "datastream": series,
        "running_above": "0,5",
        "done_on": today.isoformat(),
        "plan": plan.pk,
    }
    wrong = client.post(f"{path}neu/", {**given, "datastream": "", "every_days": ""})
    assert wrong.status_code == 422
    assert "woran man erkennt" in words(wrong)
    assert client.post(f"{path}neu/", given).status_code == 302
    row = Maintenance._base_manager.get()
    assert round(row.run_s / 3600, 1) == 99.5
    assert "1 Wartung ist fällig: Pumpwerk Süd (Laufrad prüfen)." in words(situation("pumpen/"))
    assert actions.look_at_maintenance() == 1
    assert actions.look_at_maintenance() == 0
    task = Task._base_manager.get()
    with tenant_scope(place.tenant.pk):
        (stop,) = queries.list_stops(task)
        actions.tick(stop, is_done=True, actor=SYSTEM)
    row.refresh_from_db()
    assert (row.run_s, row.raised_us, row.done_by) == (0.0, None, SYSTEM.label)
    assert "Keine Wartung ist fällig." in words(situation("pumpen/"))
    assert client.post(f"{path}{row.pk}/erledigt/").status_code == 302
    assert client.post(f"{path}{row.pk}/loeschen/").status_code == 302
    assert not Maintenance._base_manager.exists()
