"""Webhooks: keys, signatures, bursts, tries, no way inside (CAT-714)."""

import hashlib
import hmac
import http.server
import json
import threading

import pytest
from django.conf import settings

from mehrwert.accounts.actions import create_key
from mehrwert.base.actor import SYSTEM
from mehrwert.base.clock import now_us
from mehrwert.catalogue.events import SolutionPublished, SolutionRevised, SolutionWithdrawn
from mehrwert.catalogue.models import Solution
from mehrwert.municipalities.tests.fixtures import make_tenant
from mehrwert.standards.software_catalog import actions
from mehrwert.standards.software_catalog.choices import Change, Delivery
from mehrwert.standards.software_catalog.handlers import on_solution
from mehrwert.standards.software_catalog.models import Webhook, WebhookDelivery
from mehrwert.standards.software_catalog.rules_webhooks import (
    GIVE_UP_US,
    SECOND_US,
    joined,
    next_try_us,
)

pytestmark = pytest.mark.django_db
SECRET = "sechzehn-zeichen-lang"


@pytest.fixture
def allow(monkeypatch):
    def set_hosts(*hosts):
        monkeypatch.setitem(vars(settings.MEHRWERT), "outgoing_hosts", hosts)

    return set_hosts


@pytest.fixture
def receiver():
    """A server on loopback; ``answers`` are its next status codes."""
    got, answers = [], []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            got.append((body, self.headers.get("X-Webhook-Signature")))
            self.send_response(answers.pop(0) if answers else 204)
            self.end_headers()

        def log_message(self, *args):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    server.got, server.answers = got, answers
    server.url = f"http://127.0.0.1:{server.server_port}/hook"
    yield server
    server.shutdown()


@pytest.fixture
def key():
    town = make_tenant("auental")
    _row, whole = create_key(
        tenant_id=town.pk, name="Crawler", scopes=["read", "write"], actor=SYSTEM
    )
    return {"Authorization": f"Bearer {whole}"}


def post(client, path, given, headers):
    return client.post(path, json.dumps(given), content_type="application/json", headers=headers)


def make_due():
    WebhookDelivery.objects.update(next_try_us=now_us() - 1)


def test_a_change_is_signed_and_arrives_once(client, key, allow, receiver, solution):
    allow("127.0.0.1")
    software = solution
    answer = post(client, "/v1/software/webhooks", {"url": receiver.url, "secret": SECRET}, key)
    assert answer.status_code == 200, answer.content
    assert SECRET not in str(Webhook.objects.values())
    on_solution(SolutionPublished(software.pk, software.slug, 1), tenant_id=None)
    on_solution(SolutionRevised(software.pk, software.slug, 2), tenant_id=None)
    assert actions.send_due() == 0
    make_due()
    assert actions.send_due() == 1
    ((body, signature),) = receiver.got
    assert json.loads(body) == {"event": "create", "subject": f"/software/{software.uuid}"}
    assert signature == hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
    log = client.get(f"/v1/webhooks/{answer.json()['id']}/deliveries", headers=key).json()["data"]
    assert [(row["state"], row["status"]) for row in log] == [("done", 204)]


def test_what_does_not_arrive_is_tried_again_for_a_day(client, key, allow, receiver, solution):
    allow("127.0.0.1")
    software = solution
    path = f"/v1/software/{software.uuid}/webhooks"
    post(client, path, {"url": receiver.url}, key)
    receiver.answers += [500]
    on_solution(SolutionWithdrawn(software.pk, software.slug, str(software.uuid)), tenant_id=None)
    make_due()
    assert actions.send_due() == 0
    row = WebhookDelivery.objects.get()
    assert (row.state, row.tries, row.last_status) == (Delivery.WAITING, 1, 500)
    assert receiver.got[0][1] is None
    allow()
    make_due()
    assert actions.send_due() == 0
    assert "darf nicht angesprochen werden" in WebhookDelivery.objects.get().last_error
    WebhookDelivery.objects.update(created_us=now_us() - GIVE_UP_US)
    make_due()
    actions.send_due()
    assert WebhookDelivery.objects.get().state == Delivery.FAILED
    assert len(client.get(path, headers=key).json()["data"]) == 1


def test_only_keys_may_and_only_their_own(client, key, allow):
    allow("93.184.215.14")
    hook = {"url": "http://93.184.215.14/hook"}
    assert post(client, "/v1/software/webhooks", hook, {}).status_code == 401
    made = post(client, "/v1/publishers/webhooks", hook, key).json()
    other = make_tenant("nebenan")
    _row, reading = create_key(tenant_id=other.pk, name="x", scopes=["read"], actor=SYSTEM)
    foreign = {"Authorization": f"Bearer {reading}"}
    assert post(client, "/v1/software/webhooks", hook, foreign).status_code == 403
    assert client.get("/v1/publishers/webhooks", headers=foreign).json()["data"] == []
    assert client.get(f"/v1/webhooks/{made['id']}", headers=foreign).status_code == 404
    changed = client.patch(
        f"/v1/webhooks/{made['id']}",
        json.dumps({"url": "http://93.184.215.14/neu"}),
        content_type="application/json",
        headers=key,
    )
    assert changed.json()["url"].endswith("/neu")
    assert client.delete(f"/v1/webhooks/{made['id']}", headers=key).status_code == 204
    assert client.get(f"/v1/webhooks/{made['id']}", headers=key).status_code == 404


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"url": "http://10.0.0.1/x"}, "url"),
        ({"url": "http://nirgends.example/x"}, "url"),
        ({"url": "ftp://x"}, "url"),
        ({}, "url"),
        ({"url": "http://93.184.215.14/", "secret": "kurz"}, "secret"),
        ({"url": "http://93.184.215.14/", "mehr": 1}, "mehr"),
    ],
)
def test_bad_webhooks_have_the_one_shape_of_errors(client, key, allow, given, field):
    allow("93.184.215.14")
    answer = post(client, "/v1/software/webhooks", given, key)
    assert (answer.status_code, answer["Content-Type"].split(";")[0]) == (
        422,
        "application/problem+json",
    )
    assert answer.json()["validationErrors"][0]["field"] == field


def test_bursts_and_pauses():
    assert joined(Change.CREATE, Change.UPDATE) is Change.CREATE
    assert joined(Change.UPDATE, Change.DELETE) is Change.DELETE
    assert next_try_us(1, 0, 0) == 60 * SECOND_US
    assert next_try_us(9, GIVE_UP_US, 0) is None


def test_drafts_and_solutions_without_code_are_not_told(key, allow):
    allow("93.184.215.14")
    Webhook.objects.create(tenant_id=1, kind="software", url="http://x", created_us=1, changed_us=1)
    row = Solution.objects.create(
        slug="x", entry_origin="declared", is_public=True, level="stub", freshness="fresh",
        name="x", sort_name="x", created_us=1, changed_us=1,
    )  # fmt: skip
    on_solution(SolutionPublished(row.pk, "x", 1), tenant_id=None)
    assert not WebhookDelivery.objects.exists()
