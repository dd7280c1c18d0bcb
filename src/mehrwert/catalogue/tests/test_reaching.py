"""Pages that entries name are looked at, and nothing is lost when one is gone (CAT-306)."""

import http.server
import threading

import pytest
from django.conf import settings

from mehrwert.catalogue.actions import check_links
from mehrwert.catalogue.models import LinkCheck, SolutionSource

from .factories import body, make_solution

pytestmark = pytest.mark.django_db


@pytest.fixture
def web():
    """A server on loopback that answers with the number in the path."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_HEAD(self):
            self.send_response(server.answers.get(self.path, 200))
            self.end_headers()

        def log_message(self, *args):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.answers = {}
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()


def test_a_dead_page_is_named_and_its_statement_stays(client, web, monkeypatch):
    one = make_solution("pegel")
    base = f"http://127.0.0.1:{web.server_port}"
    for position, url in enumerate([f"{base}/da", f"{base}/weg", "https://fremd.example/"]):
        SolutionSource.objects.create(solution=one, position=position, url=url)
    assert check_links() == 0
    assert not LinkCheck.objects.exists()
    monkeypatch.setitem(vars(settings.MEHRWERT), "outgoing_hosts", ("127.0.0.1",))
    web.answers["/weg"] = 404
    before = body(client.get("/loesungen/pegel/mehrwert.yml"))
    assert check_links() == 1
    page = body(client.get("/loesungen/pegel/"))
    assert page.count("nicht erreichbar seit") == 1
    assert f"{base}/weg" in page
    assert body(client.get("/loesungen/pegel/mehrwert.yml")) == before
    assert not LinkCheck.objects.filter(url__contains="fremd").exists()
    web.answers["/weg"] = 405
    assert check_links() == 0
    assert "nicht erreichbar" not in body(client.get("/loesungen/pegel/"))
