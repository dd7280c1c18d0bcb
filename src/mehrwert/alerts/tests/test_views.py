"""Pages: fill in the sentence, try it out, switch on, answer."""

from xml.etree import ElementTree as ET

import pytest

from mehrwert.alerts import actions
from mehrwert.alerts.cap import SPACE
from mehrwert.alerts.choices import RuleKind, Severity, TaskKind
from mehrwert.alerts.models import Alert, AlertRule
from mehrwert.base.clock import now_us
from mehrwert.observations.actions import SeriesByHand, set_up_series
from mehrwert.observations.tests.pages import SERIES

from .factories import make_plan, open_round, watching

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "observations"])
MINUTE = 60_000_000


@pytest.fixture
def brook(place):
    _, series = place.thing("Pegel Aue")
    place.record_up_to(series, now_us() - 60 * MINUTE, [0.3, 0.9, 0.9, 1.6, 0.3, 0.9, 0.3])
    return place, series


def url(place, rest=""):
    return f"/{place.tenant.slug}/meldungen/{rest}"


def sentence(series, **changes):
    given = {
        "datastream": series,
        "kind": "above",
        "threshold": "0,8",
        "hold_min": "0",
        "hysteresis": "0,1",
        "severity": "warning",
        "recipients": "wehr@auental.example\nbauhof@auental.example",
        "title": "Bach steigt",
        "damage_value": "1,5",
    }
    return {**given, **changes}


def text_of(answer):
    return " ".join(answer.content.decode().replace("\u00a0", " ").split())


def test_an_empty_page_says_what_to_do_first(brook):
    place, _ = brook
    for path in ("", "regeln/"):
        page = text_of(place.client.get(url(place, path)))
        assert "Erste Regel anlegen" in page
    assert "Erste Regel anlegen" not in text_of(place.clients["viewer"].get(url(place)))


def test_a_rule_is_tried_on_the_past_before_it_is_saved(brook):
    """OBS-36, OBS-37: nothing is stored by trying."""
    place, series = brook
    data = sentence(series, pruefen="1")
    page = text_of(place.client.post(url(place, "regeln/neu/"), data))
    assert "Die Regel hätte 2-mal gemeldet." in page
    for part in ("rechtzeitig gemeldet", "Fehlalarm", "30 Minuten", "1,6 m"):
        assert part in page
    assert not AlertRule._base_manager.exists()


def test_the_sentence_stands_there_while_its_blanks_are_filled(brook):
    """UX-33: what is missing is a blank; nothing is checked or stored before somebody asks."""
    place, series = brook
    path = url(place, "regeln/neu/")
    assert "Wenn Pegel Aue: Wasserstand über ____ m liegt" in text_of(
        place.client.get(f"{path}?reihe={series}")
    )

    def told(**changes):
        asked = {**sentence(series, **changes), "satz": "1"}
        answer = place.client.post(path, asked, headers={"hx-request": "true"})
        assert answer.status_code == 200
        assert "<form" not in answer.content.decode()
        return text_of(answer)

    whole = "Wenn Pegel Aue: Wasserstand über 0,8 m liegt, länger als 10 Minuten, dann Warnung an"
    assert whole in told(hold_min="10")
    assert "bauhof@" in told()
    assert "über ____ m liegt" in told(threshold="hoch")
    assert "in ____ um mehr als 0,8 m steigt" in told(kind="rises")
    assert "länger als ____ nichts sendet, dann Warnung auf der Seite." in told(
        kind="silent", recipients=""
    )
    assert not AlertRule._base_manager.exists()


def test_a_rule_is_saved_resting_and_switched_on(brook):
    place, series = brook
    answer = place.client.post(url(place, "regeln/neu/"), sentence(series), follow=True)
    page = text_of(answer)
    assert "Wenn Pegel Aue: Wasserstand über 0,8 m liegt, dann Warnung." in page
    assert "2 Adressen" in page
    rule = AlertRule._base_manager.get()
    assert not rule.is_active
    page = place.client.post(url(place, f"regeln/{rule.pk}/schalten/"), {"an": "1"}, follow=True)
    assert "Die Regel wacht jetzt." in text_of(page)
    assert AlertRule._base_manager.get().is_active


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"threshold": ""}, "Bitte nennen Sie die Grenze."),
        ({"threshold": "hoch"}, "Bitte eine Zahl eingeben"),
        ({"kind": "rises"}, "Bitte nennen Sie den Zeitraum."),
        ({"kind": "silent"}, "wie lange Stille erlaubt ist"),
        ({"recipients": "wehr"}, "„wehr“ ist keine Mailadresse und keine Handynummer."),
        ({"escalate_to": "a@b.example"}, "nach wie vielen Minuten"),
        ({"quiet_from": "22:00"}, "Anfang und Ende der Nachtruhe"),
        ({"datastream": "999999"}, "Das steht nicht zur Wahl."),
        ({"kind": "combined"}, "Bitte nennen Sie die Bedingung."),
        ({"kind": "combined", "expression": "Regen > 1"}, "Stelle 1: Dieses Wort kennt"),
        ({"kind": "combined", "expression": "B > 1"}, "für B ist keine Messreihe gewählt"),
    ],
)
def test_wrong_input_gets_one_sentence_and_keeps_the_rest(brook, changes, said):
    place, series = brook
    answer = place.client.post(url(place, "regeln/neu/"), sentence(series, **changes))
    assert answer.status_code == 422
    page = text_of(answer)
    assert said in page
    assert 'value="Bach steigt"' in page
    assert (
        place.client.post(
            url(place, "regeln/neu/"), {"datastream": series, "hysteresis": "0"}
        ).context["more_open"]
        is False
    ), "who did not ask for the fine points does not get them"
    assert not AlertRule._base_manager.exists()


def test_the_sentence_of_a_rule_is_english_too(brook):
    """UX-52: also the words that somebody chooses."""
    place, _ = brook
    page = text_of(place.client.get(f"/en{url(place, 'regeln/neu/')}"))
    assert "über einem Wert" not in page
    assert "Warnung" not in page


def test_an_alert_is_on_the_pages_answered_and_explained(brook):
    place, series = brook
    watching(place.tenant.pk, series)
    place.record(series, [now_us()], [1.2])
    actions.look_at_readings(place.tenant.pk, [series])
    alert = Alert._base_manager.get()
    assert "Bach steigt" in text_of(place.client.get(f"/{place.tenant.slug}/"))
    assert "1 Meldung hält an." in text_of(place.client.get(url(place)))
    page = text_of(place.client.get(url(place, f"{alert.pk}/")))
    for part in ("Gemessen: 1,2 m.", "Es hält an.", "wehr@auental.example", "wartet"):
        assert part in page
    answer = place.client.post(url(place, f"{alert.pk}/beantworten/"), follow=True)
    assert "Editor" in text_of(answer)
    noted = {"note": "Rechen war verstopft"}
    answer = place.client.post(url(place, f"{alert.pk}/notiz/"), noted, follow=True)
    assert "Rechen war verstopft" in text_of(answer)
    table = place.client.get(url(place, "meldungen.csv")).getvalue().decode()
    assert table.splitlines()[1].split(";")[2:4] == ["Warnung", "Bach steigt"]
    assert "Bach steigt" not in text_of(place.client.get(url(place) + "?zustand=vorbei"))


def test_an_alert_is_handed_on_as_a_draft_of_a_warning(brook):
    """OBS-38: CAP 1.2, an exercise in an invented town, restricted until a person releases it."""
    place, series = brook
    watching(place.tenant.pk, series, advice="Uferweg sperren", severity=Severity.ALARM)
    place.record(series, [now_us()], [1.2])
    actions.look_at_readings(place.tenant.pk, [series])
    file = place.client.get(url(place, f"{Alert._base_manager.get().pk}/meldung.cap.xml"))
    root = ET.fromstring(file.content)
    told = {e.tag.removeprefix(f"{{{SPACE}}}"): e.text for e in root.iter() if e.text}
    assert [e.tag.removeprefix(f"{{{SPACE}}}") for e in root][:4] == [
        "identifier",
        "sender",
        "sent",
        "status",
    ]
    assert (told["status"], told["scope"], told["severity"]) == ("Exercise", "Restricted", "Severe")
    assert told["sent"].endswith("-00:00")
    assert told["description"] == "Gemessen: 1,2 m."
    assert told["circle"] == "51.95000,7.60000 0"


def test_a_rule_is_changed_and_deleted(brook):
    place, series = brook
    rule_id = watching(place.tenant.pk, series)
    path = url(place, f"regeln/{rule_id}/bearbeiten/")
    assert 'value="0,8"' in text_of(place.client.get(path))
    data = sentence(series, threshold="2", quiet_from="22:00", quiet_until="06:00")
    page = text_of(place.client.post(path, data, follow=True))
    assert "über 2 m liegt" in page
    assert "Nachtruhe von 22:00 bis 06:00 Uhr." in page
    answer = place.client.post(url(place, f"regeln/{rule_id}/loeschen/"), follow=True)
    assert "Die Regel ist gelöscht." in text_of(answer)


def test_a_viewer_reads_but_changes_nothing(brook):
    place, series = brook
    rule_id = watching(place.tenant.pk, series)
    viewer = place.clients["viewer"]
    assert viewer.get(url(place, f"regeln/{rule_id}/")).status_code == 200
    assert viewer.get(url(place, "regeln/neu/")).status_code == 403
    assert viewer.post(url(place, f"regeln/{rule_id}/loeschen/")).status_code == 403


def test_another_municipality_finds_nothing(brook, elsewhere):
    place, series = brook
    rule_id = watching(place.tenant.pk, series)
    place.record(series, [now_us()], [1.2])
    actions.look_at_readings(place.tenant.pk, [series])
    alert = Alert._base_manager.get()
    for rest in (f"regeln/{rule_id}/", f"{alert.pk}/"):
        assert elsewhere.client.get(url(elsewhere, rest)).status_code == 404
    assert "Bach steigt" not in text_of(elsewhere.client.get(url(elsewhere)))


def test_what_is_wrong_now_stands_by_severity_then_age_and_is_answered_in_place(place):
    """UX-34: one glance, who is on it, acknowledged in the list."""
    for name, severity in (("A", "note"), ("B", "alarm"), ("C", "alarm"), ("D", "warning")):
        _, series = place.thing(f"Pegel {name}")
        watching(place.tenant.pk, series, title=f"Regel {name}", severity=Severity(severity))
        place.record(series, [now_us()], [1.2])
        actions.look_at_readings(place.tenant.pk, [series])
    page = text_of(place.client.get(url(place)))
    order = sorted("ABCD", key=lambda name: page.index(f"Regel {name}</a>"))
    assert order == ["B", "C", "D", "A"]
    first = Alert._base_manager.get(title="Regel B")
    back = {"zurueck": "liste"}
    page = text_of(place.client.post(url(place, f"{first.pk}/beantworten/"), back, follow=True))
    assert "Editor" in page
    assert page.count('value="liste"') == 3
    assert 'value="liste"' not in text_of(place.clients["viewer"].get(url(place)))


def test_a_silent_sensor_is_told_with_how_long_and_its_battery(place):
    """UX-35: and it is a task for who looks after sensors."""
    thing, series = place.thing("Winterlinde")
    more = {"name": "Batteriespannung", "unit_symbol": "V", "expected_interval_s": 86_400}
    made = SeriesByHand("Batteriespannung", "Sonde", {**SERIES, **more})
    battery = set_up_series(place.context, thing, made)
    place.record(battery, [now_us() - 50 * 60 * MINUTE], [2.6])
    place.record(series, [now_us() - 41 * 60 * MINUTE], [0.3])
    plan = make_plan(place.tenant.pk, title="Sensoren ansehen", kind=TaskKind.SENSOR)
    rule = {"kind": RuleKind.SILENT, "hold_s": 6 * 3_600, "plan_id": plan.pk}
    watching(place.tenant.pk, series, **rule)
    actions.look_at_clock()
    page = text_of(place.client.get(url(place)))
    assert "Schweigt seit 1 Tag 17 Stunden. Batterie zuletzt 2,6 V." in page
    assert "Sensoren ansehen" in text_of(place.client.get(url(place, "aufgaben/")))
    task = open_round(place.tenant.pk)["task_id"]
    assert "Winterlinde" in text_of(place.client.get(url(place, f"aufgaben/{task}/")))
