"""OBS-38: mail, SMS, webhook, whoever is on duty; nothing twice, nothing forgotten."""

import base64
import hashlib
import hmac
import json
import os
import signal
import subprocess
import sys
from datetime import date, time
from urllib.parse import parse_qs

import pytest
from django.conf import settings
from django.core import mail
from django.db import connections

from mehrwert.alerts import actions
from mehrwert.alerts.actions import Contact, RosterChoice, posting
from mehrwert.alerts.choices import Channel
from mehrwert.alerts.errors import TemplateError
from mehrwert.alerts.models import Alert, Cover, DutyPerson, Message, Roster, Webhook
from mehrwert.alerts.rules import address_of
from mehrwert.alerts.sms import SmsGateway, question_of
from mehrwert.base.actor import SYSTEM
from mehrwert.base.clock import now_us
from mehrwert.base.errors import HostNotAllowedError
from mehrwert.base.tenant import tenant_scope
from mehrwert.observations.stores import close_stores
from mehrwert.observations.writer import stop_writers

from .factories import rule_of, watching
from .receiver import receiver

__all__ = ["receiver"]
pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "observations"])
MINUTE = 60_000_000
KEYS = ("NAME", "HOST", "PORT", "USER", "PASSWORD")


@pytest.fixture
def brook(place):
    _, series = place.thing("Pegel Aue")
    place.record_up_to(series, now_us() - 60 * MINUTE, [0.3] * 3)
    return place, series


def rise(place, series):
    place.record(series, [now_us()], [1.2])
    actions.look_at_readings(place.tenant.pk, [series])


def hook_of(place, receiver):
    with tenant_scope(place.tenant.pk):
        row, secret = actions.create_webhook(
            place.tenant.pk, "Leitstand", f"{receiver.url}/alarm", actor=SYSTEM
        )
    return address_of(Channel.WEBHOOK, row.pk), secret


def roster_of(place, **changes):
    given = {
        "title": "Bereitschaft",
        "begins_on": date(2026, 1, 5),
        "handover": time(7),
        "turn_days": 7,
        "people": (Contact("Anna", "anna@auental.example", "+491701234567"),),
    }
    with tenant_scope(place.tenant.pk):
        choice = RosterChoice(**{**given, **changes})
        return actions.save_roster(place.tenant.pk, None, choice, actor=SYSTEM)


def gateway(receiver, **changes):
    given = {
        "url": f"{receiver.url}/sms",
        "body_type": "json",
        "body": '{"an": "{to}", "text": "{text}", "ref": "{key}"}',
        "header": "Authorization: Bearer {secret}",
    }
    return SmsGateway(**{**given, **changes})


def messages():
    rows = Message._base_manager.order_by("pk")
    return [(row.address, row.sent_us is not None, row.error) for row in rows]


def test_a_webhook_is_signed_and_tried_again_with_the_same_id(brook, receiver):
    """Checked as Standard Webhooks 1.0 describes it, with nothing of ours."""
    place, series = brook
    address, secret = hook_of(place, receiver)
    watching(place.tenant.pk, series, recipients=(address,), advice="Schieber zu")
    rise(place, series)
    receiver.status = 503
    assert actions.send_due() == 0
    assert "Antwort 503" in messages()[0][2]
    receiver.status = 204
    assert actions.send_due(now_us() + MINUTE) == 1
    assert actions.send_due(now_us() + 60 * MINUTE) == 0
    (first, second) = [headers for _, headers, _ in receiver.told]
    assert first["webhook-id"] == second["webhook-id"] == second["Idempotency-Key"]
    path, headers, body = receiver.told[1]
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    key = base64.b64decode(secret.removeprefix("whsec_"))
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert (path, headers["webhook-signature"]) == ("/alarm", f"v1,{expected}")
    told = json.loads(body)
    assert told["type"] == "alert.first"
    assert (told["data"]["value"], told["data"]["unit"], told["data"]["advice"]) == (
        1.2,
        "m",
        "Schieber zu",
    )
    assert secret not in Webhook._base_manager.get().sealed_secret


def test_nothing_goes_to_a_host_that_the_operator_did_not_allow(brook):
    place, _ = brook
    with tenant_scope(place.tenant.pk), pytest.raises(HostNotAllowedError):
        actions.create_webhook(place.tenant.pk, "Fremd", "https://fremd.example/x", actor=SYSTEM)
    assert not Webhook._base_manager.exists()


def test_a_template_sends_sms_and_every_blank_is_encoded_for_its_place(brook, receiver):
    place, series = brook
    actions.save_gateway(gateway(receiver), secret="ge'heim", actor=SYSTEM)
    watching(place.tenant.pk, series, title='Bach "Aue" & mehr', recipients=("+491701234567",))
    rise(place, series)
    assert actions.send_due() == 1
    _, headers, body = receiver.told[0]
    told = json.loads(body)
    assert told["an"] == "+491701234567"
    assert told["text"].startswith('Warnung: Bach "Aue" & mehr. Auental: Pegel Aue, Wasserstand')
    assert headers["Authorization"] == "Bearer ge'heim"
    form = gateway(receiver, body_type="form", body="an={to}&text={text}")
    asked = question_of(form, {"to": "+49170", "text": "a&b=ü", "secret": "", "key": ""})
    assert parse_qs(asked.body.decode()) == {"an": ["+49170"], "text": ["a&b=ü"]}
    get = gateway(receiver, body_type="none", url=f"{receiver.url}/s?n={{to}}&t={{text}}")
    asked = question_of(get, {"to": "+49170", "text": "a b", "secret": "x\r\ny", "key": ""})
    assert (asked.method, asked.body) == ("GET", None)
    assert asked.url.endswith("/s?n=%2B49170&t=a%20b")
    assert asked.headers["Authorization"] == "Bearer x  y"


def test_a_gateway_that_says_no_with_a_good_status_is_not_believed(brook, receiver):
    place, series = brook
    actions.save_gateway(gateway(receiver, success="OK:"), secret="", actor=SYSTEM)
    watching(place.tenant.pk, series, recipients=("+491701234567",))
    rise(place, series)
    receiver.body = b"ERROR no credit"
    assert actions.send_due() == 0
    receiver.body = b"OK:1"
    assert actions.send_due(now_us() + MINUTE) == 1


def test_a_template_without_number_or_with_an_unknown_blank_is_refused(receiver, db):
    for body in ('{"text": "{text}"}', '{"an": "{to}", "text": "{text}", "x": "{user}"}'):
        with pytest.raises(TemplateError):
            actions.save_gateway(gateway(receiver, body=body), secret="", actor=SYSTEM)


def test_whoever_is_on_duty_is_told_on_the_ways_there_are(brook, receiver):
    place, series = brook
    roster = roster_of(place)
    watching(place.tenant.pk, series, recipients=(address_of(Channel.ROSTER, roster.pk),))
    rise(place, series)
    assert actions.send_due() == 1
    assert actions.send_due() == 1
    assert [m.to for m in mail.outbox] == [["anna@auental.example"]]
    assert [sent for _, sent, _ in messages()] == [True, True]
    actions.save_gateway(gateway(receiver), secret="", actor=SYSTEM)
    place.record(series, [now_us()], [0.1])
    actions.look_at_readings(place.tenant.pk, [series])
    while actions.send_due():
        pass
    assert len(mail.outbox) == 2
    assert json.loads(receiver.told[0][2])["an"] == "+491701234567"


def test_who_stands_in_is_told_instead_and_an_empty_roster_tells_the_fallback(brook):
    place, series = brook
    both = (Contact("Anna", "anna@auental.example"), Contact("Ben", "ben@auental.example"))
    roster = roster_of(place, people=both, turn_days=3_650)
    with tenant_scope(place.tenant.pk):
        ben = DutyPerson.objects.get(name="Ben")
        actions.add_cover(ben, now_us() - MINUTE, now_us() + MINUTE, actor=SYSTEM)
    watching(place.tenant.pk, series, recipients=(address_of(Channel.ROSTER, roster.pk),))
    rise(place, series)
    while actions.send_due():
        pass
    assert [m.to for m in mail.outbox] == [["ben@auental.example"]]
    empty = roster_of(place, title="Leer", people=(), fallback=("wehr@auental.example",))
    watching(place.tenant.pk, series, recipients=(address_of(Channel.ROSTER, empty.pk),))
    rise(place, series)
    while actions.send_due():
        pass
    assert mail.outbox[-1].to == ["wehr@auental.example"]


def test_a_roster_with_nobody_is_an_error_people_see_and_it_is_tried_again(brook):
    place, series = brook
    roster = roster_of(place, people=())
    watching(place.tenant.pk, series, recipients=(address_of(Channel.ROSTER, roster.pk),))
    rise(place, series)
    assert actions.send_due() == 0
    assert "steht niemand" in messages()[0][2]
    with tenant_scope(place.tenant.pk):
        choice = RosterChoice(
            "Bereitschaft", date(2026, 1, 5), time(7), 7, (Contact("Anna", "a@auental.example"),)
        )
        actions.save_roster(place.tenant.pk, Roster.objects.get(), choice, actor=SYSTEM)
    assert actions.send_due(now_us() + MINUTE) == 1
    assert actions.send_due(now_us() + MINUTE) == 1


def test_a_message_that_was_given_up_stands_on_the_page(brook, receiver):
    place, series = brook
    address, _ = hook_of(place, receiver)
    watching(place.tenant.pk, series, recipients=(address,))
    rise(place, series)
    receiver.status = 410
    at = now_us()
    for _ in range(posting.MOST_TRIES + 1):
        actions.send_due(at)
        at += 3 * 60 * 60 * 1_000_000
    assert len(receiver.told) == posting.MOST_TRIES
    page = place.client.get(f"/{place.tenant.slug}/meldungen/").content.decode()
    assert "1 Nachricht kam nicht an." in page


def test_a_rule_tries_its_ways_and_its_page_says_what_came(brook, receiver):
    """UX-33: the test button."""
    place, series = brook
    address, _ = hook_of(place, receiver)
    rule_id = watching(place.tenant.pk, series, recipients=(address, "wehr@auental.example"))
    url = f"/{place.tenant.slug}/meldungen/regeln/{rule_id}/"
    receiver.status = 500
    assert (
        "Die Probe ist unterwegs" in place.client.post(f"{url}probe/", follow=True).content.decode()
    )
    assert actions.send_due() == 1
    page = place.client.get(url).content.decode()
    assert "Webhook: Leitstand" in page
    assert "Antwort 500" in page
    assert mail.outbox[0].subject == "Probe: Bach steigt"
    assert not Alert._base_manager.exists()
    assert rule_of(place.tenant.pk, rule_id).open_alert_id is None


# kill -9


def process(ahead_us=0):
    stop_writers()
    close_stores()
    given = {
        alias: {k: str(v) for k in KEYS if (v := connections[alias].settings_dict.get(k))}
        for alias in connections
    }
    env = {
        **os.environ,
        "TEST_DATABASES": json.dumps(given),
        "TEST_DATA": str(settings.DATA_DIR),
    }
    return subprocess.Popen(
        [sys.executable, "-m", "mehrwert.alerts.tests.run_alerts", str(ahead_us)],
        env=env,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_kill_9_before_the_rules_look_and_while_a_message_is_on_its_way(brook, receiver):
    """The reading is stored, nobody has looked; then the message is out, nobody has noted it."""
    place, series = brook
    address, _ = hook_of(place, receiver)
    watching(place.tenant.pk, series, recipients=(address,))
    place.record(series, [now_us()], [1.2])
    receiver.gate.clear()
    killed = process()
    assert receiver.arrived.wait(90)
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    killed.stdout.close()
    assert messages() == [(address, False, "")]
    receiver.gate.set()
    again = process(posting.LEASE_US + MINUTE)
    said = again.communicate(timeout=90)[0]
    assert said.split() == ["delivered", "sent", "1"]
    assert messages() == [(address, True, "")]
    assert len(receiver.told) == 2
    assert receiver.told[0][1]["webhook-id"] == receiver.told[1][1]["webhook-id"]
    assert Alert._base_manager.count() == 1


# pages


def url(place, rest=""):
    return f"/{place.tenant.slug}/meldungen/dienst/{rest}"


def text_of(answer):
    return " ".join(answer.content.decode().replace("\u00a0", " ").split())


def test_a_roster_is_made_shown_covered_and_taken_into_a_calendar(brook):
    place, _ = brook
    assert "Ersten Dienstplan anlegen" in text_of(place.client.get(url(place)))
    data = {
        "title": "Bereitschaft",
        "people": "Anna; anna@auental.example; 0170 1234567\nBen; ben",
        "begins_on": "2026-01-05",
        "handover": "07:00",
        "turn_days": "7",
    }
    answer = place.client.post(url(place, "neu/"), data)
    assert answer.status_code == 422
    assert "„ben“ ist keine Mailadresse und keine Handynummer." in text_of(answer)
    data["people"] = "Anna; anna@auental.example; 0170 1234567\nBen, Bauhof; ben@auental.example"
    page = text_of(place.client.post(url(place, "neu/"), data, follow=True))
    for said in ("Die nächsten acht Wochen", "+491701234567", "Ben, Bauhof"):
        assert said in page
    roster = Roster._base_manager.get()
    ben = DutyPerson._base_manager.get(name="Ben, Bauhof")
    wrong = {"person": ben.pk, "start": "2099-01-02T00:00", "end": "2099-01-01T00:00"}
    answer = place.client.post(url(place, f"{roster.pk}/vertretung/"), wrong)
    assert "Das Ende muss nach dem Anfang liegen." in text_of(answer)
    right = {**wrong, "end": "2099-01-03T00:00"}
    place.client.post(url(place, f"{roster.pk}/vertretung/"), right)
    cover = Cover._base_manager.get()
    assert (cover.end_us - cover.start_us) == 24 * 60 * MINUTE
    ics = place.client.get(url(place, f"{roster.pk}/dienstplan.ics")).content.decode()
    assert ics.startswith("BEGIN:VCALENDAR\r\n")
    assert "SUMMARY:Bereitschaft: Ben\\, Bauhof" in ics
    assert all(len(line.encode()) <= 75 for line in ics.split("\r\n"))
    place.client.post(url(place, f"{roster.pk}/vertretung/{cover.pk}/"))
    assert not Cover._base_manager.exists()
    viewer = text_of(place.clients["viewer"].get(url(place, f"{roster.pk}/")))
    assert "+491701234567" not in viewer
    place.client.post(url(place, f"{roster.pk}/loeschen/"))
    assert not Roster._base_manager.exists()
