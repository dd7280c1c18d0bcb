"""The pages as people use them (OBS-10, OBS-15, OBS-16)."""

import re

import pytest
from django.test import Client

from mehrwert.base.models import Job
from mehrwert.base.tenant import tenant_scope
from mehrwert.intake import actions, queries
from mehrwert.intake.choices import CodecState
from mehrwert.intake.models import Codec, Device, Source
from mehrwert.municipalities.tests.fixtures import make_member, make_tenant
from mehrwert.observations.queries import list_messages

from .fixtures import make_intake
from .uplinks import uplink

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "observations"])
ROOT = "/auental/daten/geraete/"


@pytest.fixture
def town(observation_store):
    return make_tenant("auental")


@pytest.fixture
def editor(town):
    client = Client()
    client.force_login(make_member(town, "editor", "editor"))
    return client


@pytest.fixture
def ids(town):
    with tenant_scope(town.pk):
        yield make_intake(town.pk)


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_from_nothing_to_the_first_value_following_only_the_screen(town, editor):
    """A clerk makes a source, sees the first message arrive, adopts the device, sees its value."""
    start = editor.get(ROOT)
    assert "Legen Sie zuerst eine Quelle an" in text_of(start)
    made = editor.post(
        f"{ROOT}quellen/neu/", {"kind": "lorawan", "name": "TTS", "retention_days": 90}
    )
    (secret,) = set(re.findall(r"mq_\w{10}_[\w-]+", made.content.decode()))
    assert made["Cache-Control"].startswith("max-age=0")
    assert "Wartet auf die erste Nachricht" in text_of(made)
    grant = queries.read_source_by_key(secret)
    actions.receive(grant, [uplink(1, "0100c6022a070e0a", hint="Schulhof · ELSYS ERS")])
    actions.decode_waiting()
    source_page = f"{ROOT}quellen/{grant.source_id}/"
    watched = editor.get(source_page, headers={"hx-request": "true"})
    assert "Es kommt etwas an" in text_of(watched)
    assert "hx-trigger" not in watched.content.decode()
    assert secret not in editor.get(source_page).content.decode()
    unknown = editor.get(f"{ROOT}unbekannt/").content.decode()
    assert "ELSYS ERS/ELT-Serie" in unknown
    (adopt,) = re.findall(rf'href="({ROOT}unbekannt/\d+/)"', unknown)
    form = editor.get(adopt)
    assert form.context["form"].initial == {"name": "Schulhof", "device_type": "elsys-multi"}
    device = editor.post(adopt, form.context["form"].initial, follow=True)
    assert "19,8 °C" in text_of(device)
    assert "94 %" in text_of(device)
    assert "Schulhof" in text_of(editor.get(ROOT))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"device_type": "gibt-es-nicht"}, ""),
        ({"name": ""}, ""),
        ({"lat": "51,9"}, "Breite und Länge"),
        ({"lat": "95", "lon": "7"}, ""),
        ({"thing": "999999"}, ""),
    ],
)
def test_a_wrong_adoption_says_so_and_changes_nothing(editor, ids, changes, sentence):
    given = {"device_type": "elsys-multi", "name": "Schulhof", **changes}
    answer = editor.post(f"{ROOT}unbekannt/{ids['device_id']}/", given)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert Device.objects.get().thing_id is None


def test_a_device_is_put_aside_and_taken_up_again(editor, ids):
    url = f"{ROOT}unbekannt/{ids['device_id']}/beiseite/"
    editor.post(url)
    assert "Kein Gerät wartet" in text_of(editor.get(f"{ROOT}unbekannt/"))
    assert "70B3D5" in text_of(editor.get(f"{ROOT}unbekannt/?ansicht=beiseite"))
    editor.post(url)
    assert "70B3D5" in text_of(editor.get(f"{ROOT}unbekannt/"))


def test_a_message_is_shown_as_it_came(editor, ids):
    page = text_of(editor.get(f"{ROOT}nachrichten/{ids['message_id']}/"))
    assert "wartet" in page
    assert "0100c6022a070e0a" in page
    assert editor.get(f"{ROOT}nachrichten/999999/").status_code == 404


def test_lists_are_paged_and_searched(editor, ids, town):
    with tenant_scope(town.pk):
        grant = queries.SourceGrant(ids["source_id"], town.pk, "lorawan", "Netz")
        actions.receive(grant, [uplink(n, "00", device=n % 60) for n in range(1, 61)])
        actions.decode_waiting()
    first = editor.get(f"{ROOT}unbekannt/").content.decode()
    assert "seite=2" in first
    assert editor.get(f"{ROOT}unbekannt/?seite=2").status_code == 200
    source = editor.get(f"{ROOT}quellen/{ids['source_id']}/").content.decode()
    (older,) = re.findall(r'href="\?vor=(\d+)', source)
    assert editor.get(f"{ROOT}quellen/{ids['source_id']}/?vor={older}").status_code == 200
    assert editor.get(f"{ROOT}quellen/{ids['source_id']}/?vor=viel").status_code == 200
    assert "Kein Gerät passt" in text_of(editor.get(f"{ROOT}?q=xyz"))


def test_a_secret_is_rotated_and_a_source_ended(editor, ids):
    url = f"{ROOT}quellen/{ids['source_id']}/"
    assert "24 Stunden" in text_of(editor.get(f"{url}erneuern/"))
    assert "mq_" in editor.post(f"{url}erneuern/").content.decode()
    editor.post(f"{url}sperren/")
    assert "gesperrt" in text_of(editor.get(f"{ROOT}quellen/"))


def own(**changes):
    return {
        "name": "Regentonne",
        "script": "function Decoder(b) { return {level: b[0]} }",
        "measures": "level; Füllstand; Prozent; %; last",
        "examples": "- bytes: '32'\n  data: {level: 50}",
        "source": "selbst geschrieben",
        **changes,
    }


def test_an_own_codec_becomes_active_when_its_examples_pass(editor, ids):
    """OBS-10."""
    page = text_of(editor.post(f"{ROOT}codecs/neu/", own(), follow=True))
    assert "Alle Beispiele bestehen" in page
    codec = Codec.objects.get(slug="eigen-regentonne")
    assert codec.description["measures"][0]["aggregation"] == "last"
    edited = own(examples="- bytes: '32'\n  data: {level: 49}")
    page = text_of(editor.post(f"{ROOT}codecs/{codec.pk}/bearbeiten/", edited, follow=True))
    assert "nicht aktiv" in page
    assert "weicht ab bei „level“" in page
    assert Codec.objects.get(pk=codec.pk).state == CodecState.ACTIVE.value


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"measures": "level; Füllstand; Prozent; %; max"}, "Zeile 1 der Messgrößen"),
        ({"examples": "- bytes: ["}, "Zeile"),
        ({"examples": "nur Text"}, "Liste von Beispielen"),
        ({"examples": "- bytes: xyz"}, "Beispiele sind nicht lesbar"),
        ({"examples": "- data: {}"}, "Beispiele sind nicht lesbar"),
    ],
)
def test_a_codec_that_cannot_be_read_says_where(editor, ids, changes, sentence):
    answer = editor.post(f"{ROOT}codecs/neu/", own(**changes))
    assert answer.status_code == 422
    assert sentence in text_of(answer)


@pytest.mark.parametrize(
    ("payload", "part"),
    [("0100c6", "19.8"), ("AQDG", "19.8"), ("!", "nicht verwendbar")],
)
def test_a_codec_is_tried_on_typed_bytes(editor, ids, payload, part):
    url = f"{ROOT}codecs/{ids['codec_id']}/probieren/"
    assert part in text_of(editor.post(url, {"payload": payload, "f_port": 5}))


def test_a_codec_is_switched_off_and_on(editor, ids):
    url = f"{ROOT}codecs/{ids['codec_id']}/"
    assert "abgeschaltet" in text_of(editor.post(f"{url}schalten/", follow=True))
    assert "Der Codec ist aktiv" in text_of(editor.post(f"{url}schalten/", follow=True))


def test_reading_again_is_a_job(editor, ids, town):
    """OBS-16."""
    editor.post(
        f"{ROOT}unbekannt/{ids['device_id']}/", {"device_type": "elsys-multi", "name": "Hof"}
    )
    editor.post(f"{ROOT}{ids['device_id']}/neu-lesen/")
    job = Job.objects.get(task="mehrwert.intake.jobs.replay_codec")
    assert job.tenant_id == town.pk
    assert actions.replay_codec(**job.kwargs)["devices"] == 1
    assert len(list_messages(town.pk)) == 1


def test_a_device_gets_another_type(editor, ids):
    editor.post(
        f"{ROOT}unbekannt/{ids['device_id']}/", {"device_type": "elsys-multi", "name": "Hof"}
    )
    url = f"{ROOT}{ids['device_id']}/bearbeiten/"
    assert editor.get(url).context["form"].initial["device_type"] == "elsys-multi"
    editor.post(url, {"name": "Teich", "device_type": "milesight-em300-th"})
    assert str(Device.objects.get().codec) == "Milesight EM300-TH (1)"
    assert "Teich" in editor.get(f"{ROOT}geraete.csv").getvalue().decode()


def test_without_a_device_an_invented_one_sends_and_its_value_is_seen(town, editor):
    """The whole way, following only the screen: source, sample, adoption, value."""
    editor.post(f"{ROOT}quellen/neu/", {"kind": "lorawan", "name": "TTS", "retention_days": 90})
    with tenant_scope(town.pk):
        source = f"{ROOT}quellen/{Source.objects.get().pk}/"
    assert "Probegerät senden lassen" in text_of(editor.get(source))
    part = editor.post(f"{source}probe/", headers={"hx-request": "true"})
    assert 'id="ankunft"' in part.content.decode()
    assert "<html" not in part.content.decode(), "what stands above, the secret, stays in sight"
    actions.decode_waiting()
    assert "Probegerät (erfunden)" in text_of(editor.get(source))
    (adopt,) = re.findall(rf'href="({ROOT}unbekannt/\d+/)"', editor.get(source).content.decode())
    form = editor.get(adopt).context["form"]
    assert form.initial == {"name": "Probegerät (erfunden)", "device_type": "elsys-multi"}
    device = editor.post(adopt, form.initial, follow=True)
    assert re.search(r"(18|19|2[0-4]),?\d* °C", text_of(device).replace("\u00a0", " "))
    assert editor.post(f"{source}probe/").status_code == 302
    assert "2" in text_of(editor.get(source))
    editor.post(f"{source}sperren/")
    refused = editor.post(f"{source}probe/")
    assert refused.status_code == 409
    assert "Probegerät senden lassen" not in text_of(editor.get(source))


def test_ways_in_are_those_that_the_reader_may_go(town, editor):
    admin = Client()
    admin.force_login(make_member(town, "admin", "admin"))
    for client, is_offered in ((editor, False), (admin, True)):
        page = text_of(client.get(f"{ROOT}quellen/"))
        assert ("Eigenes Programm" in page) is is_offered
        assert "LoRaWAN-Webhook" in page
