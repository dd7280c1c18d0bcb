"""OBS-40: rounds that follow from rules."""

from xml.etree import ElementTree as ET

import pytest

from mehrwert.alerts import actions, queries
from mehrwert.alerts.choices import PlanScope, TaskKind
from mehrwert.alerts.errors import NothingToDoError, TaskClosedError
from mehrwert.alerts.models import Task, TaskPlan, TaskStop
from mehrwert.alerts.rounds import GPX
from mehrwert.base.actor import SYSTEM, Actor
from mehrwert.base.clock import now_us
from mehrwert.base.models import AuditRow, OutboxEvent
from mehrwert.base.tenant import tenant_scope
from mehrwert.observations import actions as observations

from .factories import make_plan, rule_of, watching

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "observations"])
MINUTE = 60_000_000
FRIDA = Actor("user", 8, "Frida Feld")


@pytest.fixture
def trees(place):
    """Twelve trees along a street east of the depot, made in a jumbled order, all thirsty soon."""
    plan = make_plan(place.tenant.pk)
    series = {}
    for i in (7, 2, 11, 0, 5, 9, 1, 10, 3, 8, 4, 6):
        _, series[i] = place.thing(f"Baum {i}", lon=7.61 + i * 0.003, lat=51.95)
        watching(place.tenant.pk, series[i], title="Baum durstig", plan_id=plan.pk)
    return place, plan, series


def thirst(place, series, *numbers):
    for i in numbers:
        place.record(series[i], [now_us()], [2.0])
    return actions.look_at_readings(place.tenant.pk, [series[i] for i in numbers])


def stops(place):
    rows = TaskStop._base_manager.filter(tenant_id=place.tenant.pk).order_by("task_id", "place")
    return list(rows)


def only_task(place):
    return Task._base_manager.get(tenant_id=place.tenant.pk)


def test_rules_of_one_plan_raise_one_round_in_the_order_of_the_way(trees):
    place, plan, series = trees
    thirst(place, series, *range(11))
    assert actions.order_rounds() == 1
    assert actions.order_rounds() == 0
    assert [stop.name for stop in stops(place)] == [f"Baum {i}" for i in range(11)]
    task = only_task(place)
    assert (task.title, task.start_name, task.plan_id) == ("Gießrunde", "Bauhof", plan.pk)
    # 40 thousandths of a degree of longitude there and back, at 51.95° north
    assert task.distance_m == pytest.approx(2 * 0.04 * 111_195 * 0.6163, rel=0.01)
    told = OutboxEvent.objects.filter(name="TaskRaised").values_list("payload", flat=True)
    assert [event["task_id"] for event in told] == [task.pk]


def test_told_twice_a_place_stands_in_the_round_once(trees):
    place, _, series = trees
    thirst(place, series, 3)
    actions.look_at_readings(place.tenant.pk, [series[3]])
    thirst(place, series, 3)
    assert [stop.name for stop in stops(place)] == ["Baum 3"]


def test_a_place_that_recovers_is_dropped_and_the_last_one_closes_the_round(trees):
    place, _, series = trees
    thirst(place, series, 1, 2)
    place.record(series[1], [now_us()], [0.1])
    actions.look_at_readings(place.tenant.pk, [series[1]])
    dropped, left = sorted(stops(place), key=lambda stop: stop.name)
    assert (dropped.dropped_us is not None, left.dropped_us) == (True, None)
    with tenant_scope(place.tenant.pk):
        actions.tick(left, is_done=True, actor=FRIDA)
    task = only_task(place)
    assert task.closed_us is not None
    assert task.closed_by == "Frida Feld"


def test_a_rule_that_is_switched_off_takes_its_place_out_of_the_round(trees):
    place, _, series = trees
    rule_id = watching(place.tenant.pk, series[0], plan_id=trees[1].pk)
    thirst(place, series, 0, 1)
    with tenant_scope(place.tenant.pk):
        actions.switch_rule(rule_of(place.tenant.pk, rule_id), is_active=False, actor=SYSTEM)
    assert only_task(place).closed_us is None


def test_what_is_done_stays_in_front_and_the_way_goes_on_from_there(trees):
    place, _, series = trees
    thirst(place, series, *range(12))
    actions.order_rounds()
    far = next(stop for stop in stops(place) if stop.name == "Baum 11")
    with tenant_scope(place.tenant.pk):
        actions.tick(far, is_done=True, actor=FRIDA)
        Task.objects.update(is_ordered=False)
    actions.order_rounds()
    assert [s.name for s in stops(place)] == [f"Baum {i}" for i in range(11, -1, -1)]


def test_a_done_place_can_be_taken_back_and_opens_the_round_again(trees):
    place, _, series = trees
    thirst(place, series, 4)
    with tenant_scope(place.tenant.pk):
        actions.tick(stops(place)[0], is_done=True, actor=FRIDA)
        assert only_task(place).closed_us is not None
        with pytest.raises(TaskClosedError):
            actions.tick(stops(place)[0], is_done=True, actor=FRIDA)
        actions.tick(stops(place)[0], is_done=False, actor=FRIDA)
    assert only_task(place).closed_us is None
    verbs = AuditRow.objects.filter(kind="task").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["done", "undone"]


def test_the_next_thirst_after_a_closed_round_begins_another(trees):
    place, _, series = trees
    thirst(place, series, 4)
    with tenant_scope(place.tenant.pk):
        actions.close_task(only_task(place), actor=FRIDA)
    thirst(place, series, 5)
    assert [stop.name for stop in stops(place)] == ["Baum 4", "Baum 5"]
    assert Task._base_manager.filter(closed_us=None).count() == 1


def test_gritting_goes_to_all_places_of_the_plan_and_stays_when_it_gets_warmer(place):
    road, _ = place.thing("Steige", lon=7.62)
    bridge, _ = place.thing("Brücke", lon=7.61)
    _, air = place.thing("Glättemelder")
    plan = make_plan(
        place.tenant.pk,
        kind=TaskKind.GRIT,
        scope=PlanScope.ALL_PLACES,
        thing_ids=(road, bridge, 999_999),
    )
    watching(place.tenant.pk, air, plan_id=plan.pk)
    place.record(air, [now_us() - MINUTE], [2.0])
    actions.look_at_readings(place.tenant.pk, [air])
    place.record(air, [now_us()], [0.1])
    actions.look_at_readings(place.tenant.pk, [air])
    actions.order_rounds()
    assert [stop.name for stop in stops(place)] == ["Brücke", "Steige"]
    assert only_task(place).closed_us is None


def test_a_round_by_hand_goes_where_a_rule_is_met_now(trees):
    place, plan, series = trees
    with tenant_scope(place.tenant.pk), pytest.raises(NothingToDoError):
        actions.raise_task(plan, actor=FRIDA)
    thirst(place, series, 2, 3)
    with tenant_scope(place.tenant.pk):
        actions.close_task(only_task(place), actor=FRIDA)
        task = actions.raise_task(plan, actor=FRIDA)
        assert [stop.name for stop in queries.list_stops(task)] == ["Baum 2", "Baum 3"]


def test_a_deleted_tree_is_left_out(trees):
    place, _, series = trees
    thirst(place, series, 2)
    observations.delete_datastream(place.context, series[2])
    with tenant_scope(place.tenant.pk):
        actions.close_task(only_task(place), actor=FRIDA)
        with pytest.raises(NothingToDoError):
            actions.raise_task(trees[1], actor=FRIDA)


# pages


def url(place, rest=""):
    return f"/{place.tenant.slug}/meldungen/aufgaben/{rest}"


def text_of(answer):
    return " ".join(answer.content.decode().replace("\u00a0", " ").split())


def test_an_empty_page_leads_to_the_first_plan_and_wrong_input_gets_one_sentence(place):
    thing_id, _ = place.thing("Linde")
    assert "Ersten Plan anlegen" in text_of(place.client.get(url(place)))
    data = {"title": "Gießrunde", "kind": "water", "scope": "all_places", "start": "Bauhof"}
    answer = place.client.post(url(place, "plaene/neu/"), data)
    assert answer.status_code == 422
    for said in ("Bitte wählen Sie mindestens einen Ort.", "erst die Breite, dann die Länge"):
        assert said in text_of(answer)
    data |= {"things": [thing_id], "start": "51,9501 7,6001", "returns": "on"}
    answer = place.client.post(url(place, "plaene/neu/"), data, follow=True)
    assert "Gießrunde" in text_of(answer)
    plan = TaskPlan._base_manager.get()
    assert (plan.thing_ids, plan.start_lon, plan.start_lat) == ([thing_id], 7.6001, 51.9501)
    page = text_of(place.client.get(url(place, f"plaene/{plan.pk}/")))
    assert 'value="51,95010 7,60010"' in page


def test_the_field_ticks_off_and_the_files_say_the_same(trees):
    place, _, series = trees
    thirst(place, series, 1, 0)
    actions.order_rounds()
    task = only_task(place)
    page = text_of(place.client.get(url(place, f"{task.pk}/")))
    for said in ("Noch 2 Orte.", "km Luftlinie", "Baum durstig", "geo:51.95000,7.61000"):
        assert said in page
    first = stops(place)[0]
    done = {"erledigt": "1"}
    answer = place.client.post(url(place, f"{task.pk}/orte/{first.pk}/"), done, follow=True)
    assert "erledigt von Editor" in text_of(answer)
    route = ET.fromstring(place.client.get(url(place, f"{task.pk}/runde.gpx")).content)
    names = [name.text for name in route.iter(f"{{{GPX}}}name")]
    assert names == ["Gießrunde", "Bauhof", stops(place)[1].name, "Bauhof"]
    table = place.client.get(url(place, f"{task.pk}/runde.csv")).getvalue().decode().splitlines()
    assert table[1].startswith(f"1;{first.name};51,95;")
    assert "Bemerkung" in text_of(place.client.get(url(place, f"{task.pk}/druck/")))
    answer = place.client.post(url(place, f"{task.pk}/abschliessen/"), follow=True)
    assert "Die Aufgabe ist abgeschlossen." in text_of(answer)


def test_a_viewer_reads_and_others_find_nothing(trees, elsewhere):
    place, plan, series = trees
    thirst(place, series, 1)
    task, stop = only_task(place), stops(place)[0]
    viewer = place.clients["viewer"]
    assert viewer.get(url(place, f"{task.pk}/")).status_code == 200
    assert viewer.post(url(place, f"{task.pk}/orte/{stop.pk}/")).status_code == 403
    assert viewer.get(url(place, "plaene/neu/")).status_code == 403
    for rest in (f"{task.pk}/", f"{task.pk}/runde.gpx", f"plaene/{plan.pk}/"):
        assert elsewhere.client.get(url(elsewhere, rest)).status_code == 404
