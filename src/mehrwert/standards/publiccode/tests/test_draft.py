"""A municipality begins an entry with a publiccode.yml (CAT-204, CAT-702, CAT-707)."""

import http.server
import threading

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from mehrwert.catalogue.models import Solution
from mehrwert.catalogue.rules import proposed_pointers
from mehrwert.municipalities.tests.fixtures import make_member, make_tenant
from mehrwert.standards.publiccode.fetching import addresses_of
from mehrwert.standards.publiccode.models import PubliccodeFile

from .factories import full, written

pytestmark = pytest.mark.django_db
PAGE = "/auental/loesungen/publiccode/"


@pytest.fixture
def editor(client):
    client.force_login(make_member(make_tenant("auental"), "editor", "emil"))
    return client


@pytest.fixture
def allow(monkeypatch):
    def set_hosts(*hosts):
        monkeypatch.setitem(vars(settings.MEHRWERT), "outgoing_hosts", hosts)

    return set_hosts


@pytest.fixture
def repository():
    """A server on loopback that has the file of one repository."""
    asked = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            is_there = self.path == "/stadt/bach/-/raw/HEAD/publiccode.yml"
            data = full()
            data["url"] = f"http://127.0.0.1:{self.server.server_port}/stadt/bach"
            self.send_response(200 if is_there else 404)
            self.end_headers()
            self.wfile.write(written(data) if is_there else b"")

        def log_message(self, *args):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    server.asked = asked
    yield server
    server.shutdown()


def text(response) -> str:
    return response.content.decode()


def test_a_file_becomes_a_draft_whose_values_wait_for_somebody(editor):
    file = SimpleUploadedFile("publiccode.yml", written(full()))
    answer = editor.post(PAGE, {"datei": file})
    row = Solution.objects.get()
    assert answer.url == f"/auental/loesungen/{row.slug}/bearbeiten/"
    assert (row.is_public, row.profile["name"]) == (False, "Bachwarner")
    proposed = proposed_pointers(row.profile, row.provenance)
    assert "/name" in proposed
    assert "/origin/name" not in proposed
    page = text(editor.get(answer.url))
    assert "Vorschlag, bitte prüfen." in page
    assert "bauhof@example.org" not in page
    assert PubliccodeFile.objects.get().solution_id == row.pk
    typed = {"name": "Bachpegel", "short_description": row.profile["short_description"]}
    editor.post(answer.url, typed)
    row.refresh_from_db()
    assert "/name" not in proposed_pointers(row.profile, row.provenance)
    editor.post(answer.url.replace("bearbeiten", "bestaetigen"), {"block": "identity"})
    row.refresh_from_db()
    left = proposed_pointers(row.profile, row.provenance)
    assert not [pointer for pointer in left if pointer in {"/name", "/short_description"}]


def test_the_file_of_a_repository_is_fetched_where_the_operator_allows_it(
    editor, allow, repository
):
    url = f"http://127.0.0.1:{repository.server_port}/stadt/bach"
    allow()
    page = text(editor.get(PAGE))
    assert "spricht keine fremden Rechner an" in page
    assert editor.post(PAGE, {"adresse": url}).status_code == 422
    allow("andere.example")
    refused = editor.post(PAGE, {"adresse": url})
    assert "darf nicht angesprochen werden" in text(refused)
    assert not repository.asked
    allow("127.0.0.1")
    editor.post(PAGE, {"adresse": url})
    row = Solution.objects.get()
    assert row.provenance["/name"]["source"] == f"{url}/-/raw/HEAD/publiccode.yml"
    missing = editor.post(PAGE, {"adresse": f"{url}-weg"})
    assert "liegt keine publiccode.yml" in text(missing)


def test_wrong_input_says_what_to_do(editor):
    assert "genau einen der Wege" in text(editor.post(PAGE, {}))
    broken = SimpleUploadedFile("publiccode.yml", b"a: [")
    assert editor.post(PAGE, {"datei": broken}).status_code == 422
    assert not Solution.objects.exists()


def test_where_the_file_of_a_repository_may_lie():
    assert addresses_of("https://github.com/a/b.git") == [
        "https://raw.githubusercontent.com/a/b/HEAD/publiccode.yml"
    ]
    assert addresses_of("https://gitlab.opencode.de/a/b/")[0] == (
        "https://gitlab.opencode.de/a/b/-/raw/HEAD/publiccode.yml"
    )
    assert addresses_of("https://x.example/publiccode.yml") == ["https://x.example/publiccode.yml"]
