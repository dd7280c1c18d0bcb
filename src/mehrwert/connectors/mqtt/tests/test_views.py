"""The pages as people use them: connect, choose values on a recorded message, try, use (OBS-06)."""

import re

import pytest
from django.conf import settings
from django.test import Client

from mehrwert.base.tenant import tenant_scope
from mehrwert.connectors.mqtt.models import Binding
from mehrwert.intake.actions import decode_waiting
from mehrwert.intake.models import Source
from mehrwert.municipalities.tests.fixtures import make_member, make_tenant
from mehrwert.observations.queries import list_datastreams

from .factories import TASMOTA, bring

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "observations"])
ROOT = "/auental/daten/quellen/mqtt/"
GIVEN = {
    "name": "Bauhof",
    "broker": "mqtt://127.0.0.1:1883",
    "username": "stadt",
    "password": "geheim!",
    "topics": "tele/+/SENSOR\n\ntele/+/SENSOR",
    "content": "values",
    "retention_days": 90,
}


@pytest.fixture
def town(observation_store, monkeypatch):
    monkeypatch.setitem(vars(settings.MEHRWERT), "outgoing_hosts", ("127.0.0.1",))
    town = make_tenant("auental")
    with tenant_scope(town.pk):
        yield town


@pytest.fixture
def editor(town):
    client = Client()
    client.force_login(make_member(town, "editor", "editor"))
    return client


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def values_form(answer, *, at_wanted, **more):
    """What the browser would send: the form as shown, with these places ticked."""
    context = answer.context
    sent = {"nachricht": str(context["chosen"].id), "wert-TOTAL_FORMS": len(context["rows"].forms)}
    sent |= {"wert-INITIAL_FORMS": sent["wert-TOTAL_FORMS"]}
    for n, (form, offer) in enumerate(context["lines"]):
        for name in ("at", "name", "unit", "symbol", "aggregation"):
            sent[f"wert-{n}-{name}"] = form[name].value() or ""
        if offer.at in at_wanted:
            sent[f"wert-{n}-wanted"] = "on"
    sent |= {name: context["reading"][name].value() for name in ("device", "time", "protection")}
    return {**sent, **more}


def test_from_a_broker_to_the_first_value_following_only_the_screen(town, editor):
    sources = editor.get("/auental/daten/geraete/quellen/")
    assert f'href="{ROOT}neu/"' in sources.content.decode()
    made = editor.post(f"{ROOT}neu/", GIVEN, follow=True)
    row = Binding.objects.get()
    assert row.definition["topics"] == ["tele/+/SENSOR"]
    assert "Wartet auf die erste Nachricht" in text_of(made)
    assert "geheim!" not in made.content.decode()
    page = f"{ROOT}{row.source_id}/werte/"
    assert "Noch keine Nachricht" in text_of(editor.get(page))
    bring(row, "tele/plug1/SENSOR", TASMOTA)
    shown = editor.get(page)
    assert shown.context["reading"]["time"].value() == "/Time"
    assert shown.context["reading"]["device"].value() == "part:2"
    sent = values_form(shown, at_wanted={"/AM2301/Temperature", "/ENERGY/Power"})
    tried = editor.post(page, {**sent, "try": "1"})
    assert "So würde diese Nachricht gelesen" in text_of(tried)
    assert "21,5 °C" in text_of(tried)
    assert Source.objects.get().codec is None
    used = editor.post(page, {**sent, "use": "1"}, follow=True)
    assert "In Betrieb" in text_of(used)
    decode_waiting()
    assert {s.name: s.latest.result for s in list_datastreams(town.pk)} == {
        "Temperatur, plug1": 21.5,
        "Leistung, plug1": 12,
    }
    assert "läuft" in text_of(editor.get("/auental/daten/geraete/quellen/"))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"broker": "mqtt://broker.example"}, "darf nicht angesprochen werden"),
        ({"broker": "http://127.0.0.1"}, "mqtt://rechner:1883"),
        ({"topics": "a/#/b"}, "nur ganz am Ende"),
        ({"topics": " "}, "Bitte füllen Sie"),
        ({"name": ""}, "Bitte füllen Sie „Name“ aus"),
    ],
)
def test_wrong_input_is_told_and_nothing_is_made(editor, changes, sentence):
    answer = editor.post(f"{ROOT}neu/", {**GIVEN, **changes})
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert not Binding.objects.exists()


def test_a_binding_is_a_file_too(town, editor):
    editor.post(f"{ROOT}neu/", GIVEN)
    row = Binding.objects.get()
    page = f"{ROOT}{row.source_id}/datei/"
    text = editor.get(page).context["form"]["text"].value()
    values = "values:\n- {field: t, at: /AM2301/Temperature, name: Temperatur, symbol: °C}\n"
    sent = {"text": text + values, "topic": "tele/p/SENSOR", "message": TASMOTA}
    assert "21,5 °C" in text_of(editor.post(page, {**sent, "try": "1"}))
    assert "nicht lesbar" in text_of(editor.post(page, {**sent, "message": "{}", "try": "1"}))
    for wrong in ("a: [", "name: x", "- 1", "!!python/object:x {}"):
        refused = editor.post(page, {**sent, "text": wrong, "use": "1"})
        assert refused.status_code == 422
    editor.post(page, {**sent, "use": "1"})
    row.refresh_from_db()
    assert row.definition["values"][0]["name"] == "Temperatur"


def test_changed_paused_and_ended(town, editor):
    editor.post(f"{ROOT}neu/", GIVEN)
    row = Binding.objects.get()
    sealed = row.sealed_password
    page = f"{ROOT}{row.source_id}/"
    editor.post(page, {**GIVEN, "name": "Neu", "password": ""})
    row.refresh_from_db()
    assert (str(row), row.sealed_password) == ("Neu", sealed)
    assert "angehalten" in text_of(editor.post(f"{page}anhalten/", follow=True))
    assert "Beenden?" in text_of(editor.get(f"{page}beenden/")).replace("beenden", "Beenden")
    editor.post(f"{page}beenden/")
    assert Source.objects.get().ended_us
