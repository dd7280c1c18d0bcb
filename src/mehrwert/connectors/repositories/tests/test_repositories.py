"""Ways in, and what the page of a solution shows of it (CAT-303 to CAT-305)."""

import json
import subprocess
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from mehrwert.base.actor import SYSTEM
from mehrwert.catalogue.models import SearchEntry
from mehrwert.catalogue.tests.factories import body, make_adoption, make_solution
from mehrwert.connectors.repositories import actions, jobs
from mehrwert.connectors.repositories.choices import Way
from mehrwert.connectors.repositories.errors import NoHistoryError
from mehrwert.connectors.repositories.models import RepositoryReading

pytestmark = pytest.mark.django_db
CODE = {"repository_url": "https://git.example/pegel", "licence": "EUPL-1.2"}
HEADING = "Pflege des Quelltexts, nicht Nutzen"


def document(**given) -> bytes:
    told = {
        "format": "repository-history-1",
        "read_on": "2026-11-01",
        "commits": [{"on": "2020-01-01", "author": "erika@example.org"}],
        "tags": [],
        **given,
    }
    return json.dumps(told).encode()


def page(client, slug: str = "pegel") -> str:
    return body(client.get(f"/loesungen/{slug}/"))


def test_signals_stand_under_their_heading_with_date_and_formula(client):
    """CAT-303: never without the heading; no person is stored."""
    one = make_solution("pegel", code=CODE)
    assert HEADING not in page(client)
    before = SearchEntry.objects.get(pk=one.pk)
    actions.store_document(one, document(), Way.FILE, actor=SYSTEM)
    shown = page(client)
    assert HEADING in shown
    assert "1. November 2026" in shown.replace("\xa0", " ")
    assert "61 von 100" in shown
    assert "So wird gerechnet" in shown
    assert "erika" not in str(RepositoryReading.objects.values().get())
    after = SearchEntry.objects.get(pk=one.pk)
    assert (after.state, after.freshness) == (before.state, before.freshness)


def test_finished_software_is_not_punished(client):
    """CAT-304: nothing changed, five towns use it: quiet, no warning."""
    one = make_solution("pegel", code=CODE)
    for n in range(5):
        make_adoption(one, f"0946200{n}", basis="declared", status="live")
    actions.store_document(one, document(), Way.FILE, actor=SYSTEM)
    part = page(client).split('id="quelltext"')[1].split("</section>")[0]
    assert "ruhig, in Betrieb bei 5 Kommunen" in part
    for sign in ("mw-tag bad", "mw-tag warn", "mw-alert"):
        assert sign not in part


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"format": "andere"}, "format"),
        ({"mails": []}, "unbekannte Angabe"),
        ({"commits": [{"on": "gestern", "author": "a"}]}, "kein Tag"),
        ({"commits": [{"on": "2026-01-01"}]}, "author"),
        ({"tags": "viele"}, "keine Liste"),
        ({"main_protected": "ja"}, "weder true noch false"),
    ],
)
def test_what_is_wrong_is_said_and_figures_stay(given, reason):
    """CAT-305: the figures of before stay with their date, the failure is visible."""
    one = make_solution("pegel", code=CODE)
    actions.store_document(one, document(), Way.FILE, actor=SYSTEM)
    with pytest.raises(NoHistoryError, match=reason):
        actions.store_document(one, document(**given), Way.HOOK, actor=SYSTEM)
    row = RepositoryReading.objects.get()
    assert row.figures["vitality"]["index"] == 61
    assert reason in row.trouble


@pytest.fixture
def copy(tmp_path):
    """A repository with two changes and one version."""
    folder = tmp_path / "pegel.git"

    def git(*arguments, **variables):
        who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", "-C", folder, *who, *arguments], check=True, capture_output=True)

    folder.mkdir()
    git("init", "-q")
    (folder / "SECURITY.md").write_text("Melden Sie Lücken hier.\n")
    git("add", ".")
    git("commit", "-qm", "eins")
    git("commit", "-qm", "zwei", "--allow-empty")
    git("tag", "v1")
    return folder


def test_a_copy_is_read_without_any_network(copy, tmp_path, monkeypatch):
    """CAT-305: by command and each night; a folder that is none says so."""
    one = make_solution("pegel", code=CODE)
    call_command("read_repository", "pegel", clone=copy, verbosity=0)
    figures = RepositoryReading.objects.get(solution=one).figures
    assert (figures["commits"], figures["releases"], figures["signed_share"]) == (2, 1, 0.0)
    assert figures["security_file"] is True
    with pytest.raises(CommandError, match="keine lesbare Kopie"):
        call_command("read_repository", "pegel", clone=tmp_path / "nichts", verbosity=0)
    assert jobs.read_copies.func() == 0
    monkeypatch.setitem(vars(settings.MEHRWERT), "repository_copies", str(tmp_path))
    assert jobs.read_copies.func() == 1


def test_a_repository_reports_with_a_key_of_its_owner(client, tenant, api_key):
    """CAT-305: nobody else's."""
    make_solution("pegel", code=CODE, owner_tenant_id=tenant.pk)
    make_solution("fremd", code=CODE)
    address = "/api/v1/repositories/pegel"
    kind = {"content_type": "application/json"}
    today = (date(2026, 11, 1) - timedelta(days=1)).isoformat()
    assert client.post(address, document(), **kind).status_code == 401
    headers = {"authorization": f"Bearer {api_key}"}
    answer = client.post(address, document(read_on=today), headers=headers, **kind)
    assert answer.json() == {"read_on": today}
    foreign = client.post("/api/v1/repositories/fremd", document(), headers=headers, **kind)
    assert foreign.status_code == 403
    assert client.post(address, b"{", headers=headers, **kind).status_code == 400
