"""Pages of the room: who may open them, what they show, what their buttons do."""

import csv
import io
import re
from datetime import datetime

import pytest
from django.test import Client, override_settings

from mehrwert.base import queries
from mehrwert.base.accessibility import read_report
from mehrwert.base.actions import record_audit, start_job, write_legal_text
from mehrwert.base.actor import SYSTEM, Actor
from mehrwert.base.clock import now_us, to_us
from mehrwert.base.models import AuditRow, EventDelivery, Job, JobState, LegalText
from mehrwert.base.queries import Disk

from . import tasks
from .people import make_town

pytestmark = pytest.mark.django_db(databases=["default", "observations"])
ANNA = Actor("user", 999_999, "Anna Amt")


@pytest.fixture
def town():
    return make_town()


@pytest.fixture
def job(town):
    """A running job of the town that somebody else started."""
    job_id = start_job(
        tasks.count_up,
        title="Datei einlesen",
        tenant_id=town.tenant.pk,
        actor=ANNA,
        kwargs={"most": 9},
    )
    Job.objects.filter(id=job_id).update(
        state=JobState.RUNNING,
        step="Zeile 40",
        done=40,
        total=100,
        tries=1,
        started_us=now_us() - 40_000_000,
    )
    return Job.objects.get(id=job_id)


def words(response) -> str:
    """The text of a page, spaces joined."""
    text = re.sub(
        r"<(script|style|template)\b.*?</\1>|<[^>]+>", " ", response.content.decode(), flags=re.S
    )
    return re.sub(r"\s+", " ", text)


PAGES = {
    "auftraege/": {"admin": 200, "editor": 200, "viewer": 200, "stranger": 404, "nobody": 302},
    "auftraege/{job}/": {
        "admin": 200,
        "editor": 200,
        "viewer": 200,
        "stranger": 404,
        "nobody": 302,
    },
    "protokoll/": {"admin": 200, "editor": 403, "viewer": 403, "stranger": 404, "nobody": 302},
    "protokoll/csv/": {"admin": 200, "editor": 403, "viewer": 403, "stranger": 404, "nobody": 302},
}
OPERATOR_PAGES = [
    "/betrieb/",
    "/betrieb/zustellungen/",
    "/betrieb/auftraege/",
    "/betrieb/protokoll/",
    "/betrieb/protokoll/csv/",
    "/betrieb/rechtliches/",
    "/betrieb/rechtliches/impressum/",
]
OPERATOR_BUTTONS = [
    "/betrieb/sichern/",
    "/betrieb/probe/",
    "/betrieb/zustellungen/1/",
    "/betrieb/rechtliches/impressum/",
    "/betrieb/rechtliches/impressum/1/gilt/",
    "/betrieb/auftraege/x/abbrechen/",
]


@pytest.mark.parametrize(("path", "role"), [(p, r) for p in PAGES for r in PAGES[p]])
def test_who_may_open_which_page_of_a_town(town, job, path, role):
    response = town.clients[role].get(town.url(path.format(job=job.id)))
    assert response.status_code == PAGES[path][role]


@pytest.mark.parametrize("path", OPERATOR_PAGES)
def test_only_the_operator_opens_pages_of_the_installation(town, path):
    assert town.clients["operator"].get(path).status_code == 200
    assert town.clients["admin"].get(path).status_code == 403
    assert town.clients["nobody"].get(path).status_code == 302


@pytest.mark.parametrize("path", OPERATOR_BUTTONS)
def test_only_the_operator_presses_buttons_of_the_installation(town, path):
    assert town.clients["admin"].post(path).status_code == 403
    assert town.clients["nobody"].post(path).status_code == 302
    assert Job.objects.count() == 0
    assert LegalText.objects.count() == 0


@pytest.mark.parametrize("path", OPERATOR_BUTTONS[:3])
def test_nothing_happens_by_following_a_link(town, path):
    assert town.clients["operator"].get(path).status_code == 405


def test_the_page_of_a_job_says_step_count_times_and_that_one_may_leave(town, job):
    """UX-38; that a page drawn later is the same truth, see the next."""
    told = words(town.clients["viewer"].get(town.url(f"auftraege/{job.id}/")))
    for part in (
        "läuft",
        "Zeile 40",
        "40 von 100 (40 %)",
        "läuft seit 40 Sekunden",
        "noch etwa 1 Minute",
    ):
        assert part in told
    assert "Sie können die Seite verlassen" in told
    assert "Stand neu laden" in told


def test_the_part_that_is_drawn_anew_is_the_same_truth(town, job):
    url = town.url(f"auftraege/{job.id}/")
    part = town.clients["viewer"].get(url, headers={"HX-Request": "true"})
    assert "<html" not in part.content.decode()
    assert "40 von 100" in words(part)
    assert part["Cache-Control"] == "no-store"
    assert "HX-Request" in part["Vary"]


def test_the_page_of_a_job_listens_from_where_it_was_drawn(town, job):
    page = town.clients["viewer"].get(town.url(f"auftraege/{job.id}/")).content.decode()
    assert f'data-job-live="/live/probehausen?topics=job&amp;nach={queries.last_live_id()}"' in page


def test_who_edits_data_stops_a_job_and_who_only_reads_does_not(town, job):
    url = town.url(f"auftraege/{job.id}/")
    assert "Auftrag abbrechen" not in words(town.clients["viewer"].get(url))
    assert town.clients["viewer"].post(f"{url}abbrechen/").status_code == 403
    assert "Wirklich abbrechen?" in words(town.clients["editor"].get(url))
    answer = town.clients["editor"].post(f"{url}abbrechen/")
    assert answer.url == url
    assert Job.objects.get().cancel_requested
    assert "hält gleich an" in words(town.clients["editor"].get(url))


def test_a_job_of_the_installation_is_not_shown_in_a_town(town):
    job_id = start_job(tasks.echo, title="x", tenant_id=None)
    assert town.clients["admin"].get(town.url(f"auftraege/{job_id}/")).status_code == 404
    assert town.clients["operator"].get(f"/betrieb/auftraege/{job_id}/").status_code == 200


def test_a_failed_job_says_why_and_gives_a_number(town, job):
    Job.objects.update(
        state=JobState.FAILED, error="Zeile 7: „abc“ ist keine Zahl.", finished_us=now_us()
    )
    told = words(town.clients["viewer"].get(town.url(f"auftraege/{job.id}/")))
    assert "gescheitert" in told
    assert "Zeile 7: „abc“ ist keine Zahl." in told
    assert job.id in told


@pytest.mark.parametrize(
    ("url", "shown"), [("/probehausen/daten/", True), ("https://boese.example", False)]
)
def test_a_finished_job_leads_to_its_result_on_this_installation_only(town, job, url, shown):
    Job.objects.update(state=JobState.DONE, result={"url": url}, finished_us=now_us())
    page = town.clients["viewer"].get(town.url(f"auftraege/{job.id}/"))
    assert ("Zum Ergebnis" in words(page)) is shown
    assert (url in page.content.decode()) is shown


def test_lists_are_never_empty_without_a_word(town):
    assert "Noch keine Aufträge" in words(town.clients["viewer"].get(town.url("auftraege/")))
    AuditRow.objects.all().delete()
    assert "Noch nichts geschehen" in words(town.clients["admin"].get(town.url("protokoll/")))
    assert "Alles ist angekommen" in words(town.clients["operator"].get("/betrieb/zustellungen/"))


@pytest.fixture
def history(town):
    AuditRow.objects.all().delete()
    tenant_id = town.tenant.pk
    rows = [
        (
            ANNA,
            "update",
            "thing",
            "Pegel",
            {"name": "alt"},
            {"name": "neu"},
            "2026-07-15T21:59:00+00:00",
        ),
        (
            Actor("key", 1, "Gateway"),
            "create",
            "datastream",
            "Stand",
            None,
            {"protection": "open"},
            "2026-07-15T22:30:00+00:00",
        ),
        (
            SYSTEM,
            "set",
            "setting",
            "=CMD()",
            None,
            {"api_token": "geheim", "value": True},
            "2026-07-16T23:00:00+00:00",
        ),
    ]
    for actor, verb, kind, label, before, after, at in rows:
        record_audit(
            actor=actor,
            verb=verb,
            kind=kind,
            object_id=1,
            label=label,
            before=before,
            after=after,
            tenant_id=tenant_id,
        )
        AuditRow.objects.filter(label=label).update(at_us=to_us(datetime.fromisoformat(at)))
    record_audit(actor=SYSTEM, verb="set", kind="setting", label="Fremdes", tenant_id=tenant_id + 1)


def test_the_audit_speaks_in_words(town, history):
    told = words(town.clients["admin"].get(town.url("protokoll/")))
    assert "Anna Amt Messstelle geändert Pegel Name: vorher alt , nachher neu" in told.replace(
        "alt,", "alt ,"
    )
    assert "Gateway Schlüssel Messreihe angelegt" in told
    assert "Wert: ja" in told
    assert "geheim" not in told
    assert "Fremdes" not in told


@pytest.mark.parametrize(
    ("query", "labels"),
    [
        ("art=thing", ["Pegel"]),
        ("person=gatew", ["Stand"]),
        ("suche=pegel", ["Pegel"]),
        ("von=2026-07-16&bis=2026-07-16", ["Stand"]),
        ("von=16.07.2026", ["=CMD()", "Stand"]),
        ("bis=2026-07-15", ["Pegel"]),
        ("art=gibtesnicht&person=", ["=CMD()", "Stand", "Pegel"]),
        ("von=quatsch", ["=CMD()", "Stand", "Pegel"]),
        ("ab=quatsch", ["=CMD()", "Stand", "Pegel"]),
    ],
)
def test_the_audit_is_narrowed_down_by_kind_person_and_day_of_berlin(town, history, query, labels):
    answer = town.clients["admin"].get(town.url(f"protokoll/csv/?{query}"))
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    found = list(dict.fromkeys(row[4].lstrip("'") for row in rows[1:]))
    assert found == labels
    assert town.clients["admin"].get(town.url(f"protokoll/?{query}")).status_code == 200


def test_a_cell_that_a_spreadsheet_would_run_is_disarmed(town, history):
    answer = town.clients["admin"].get(town.url("protokoll/csv/"))
    text = b"".join(answer.streaming_content).decode()
    assert ";'=CMD()" in text
    assert answer["Content-Disposition"] == 'attachment; filename="protokoll-probehausen.csv"'


def test_pages_of_the_audit_show_each_row_once(town, monkeypatch):
    monkeypatch.setattr("mehrwert.base.views.audit.PER_PAGE", 7)
    AuditRow.objects.all().delete()
    for number in range(20):
        record_audit(
            actor=ANNA, verb="update", kind="thing", label=f"n{number:02}", tenant_id=town.tenant.pk
        )
    AuditRow.objects.update(at_us=5)
    url, seen = town.url("protokoll/"), []
    while url:
        page = town.clients["admin"].get(url).content.decode()
        seen += re.findall(r">(n\d\d)<", page)
        following = re.search(r'rel="next" href="([^"]+)"', page)
        url = following[1].replace("&amp;", "&") if following else ""
    assert seen == [f"n{number:02}" for number in reversed(range(20))]


def test_a_backup_is_started_from_the_page(town):
    answer = town.clients["operator"].post("/betrieb/sichern/")
    job = Job.objects.get()
    assert answer.url == f"/betrieb/auftraege/{job.id}/"
    assert (job.tenant_id, job.actor_label) == (None, "Operator")


def test_the_overview_warns_of_a_full_disk_and_of_missing_backups(
    town, monkeypatch, tmp_path, settings
):
    settings.DATA_DIR = tmp_path
    told = words(town.clients["operator"].get("/betrieb/"))
    assert "Die letzte Sicherung ist älter als zwei Tage" in told
    assert "Nur noch" not in told
    monkeypatch.setattr(queries, "read_disk", lambda: Disk(17, 1000, is_low=True))
    assert "Nur noch 17 MB frei" in words(town.clients["operator"].get("/betrieb/"))


def test_the_warning_stands_on_every_page_of_those_who_can_do_something(town, monkeypatch):
    monkeypatch.setattr("mehrwert.base.context.read_disk", lambda: Disk(17, 1000, is_low=True))
    url = town.url("auftraege/")
    assert "Wenig Platz: Auf dem Server sind nur noch 17 MB frei" in words(
        town.clients["admin"].get(url)
    )
    assert "Wenig Platz" not in words(town.clients["viewer"].get(url))


def test_a_parked_event_is_shown_and_tried_again(town):
    row = EventDelivery.objects.create(
        source="x",
        event_id=4,
        name="Geschehen",
        payload={},
        listener="a.b",
        tries=10,
        next_try_us=0,
        error="Grund",
        parked=True,
    )
    told = words(town.clients["operator"].get("/betrieb/zustellungen/"))
    assert "Geschehen" in told
    assert "Grund" in told
    town.clients["operator"].post(f"/betrieb/zustellungen/{row.pk}/")
    assert not EventDelivery.objects.get().parked


LEGAL = "/betrieb/rechtliches/impressum/"


def test_until_somebody_writes_the_page_shows_a_draft_that_says_what_is_missing(town):
    assert "noch nicht ausgefüllt" in words(town.clients["nobody"].get("/rechtliches/impressum/"))
    assert town.clients["nobody"].get("/rechtliches/anderes/").status_code == 404
    assert town.clients["operator"].get("/betrieb/rechtliches/anderes/").status_code == 404


def test_a_preview_saves_nothing(town):
    page = town.clients["operator"].post(LEGAL, {"text": "## Stadt\n<b>", "vorschau": "1"})
    assert "<h2>Stadt</h2>" in page.content.decode()
    assert "&lt;b&gt;" in page.content.decode()
    assert LegalText.objects.count() == 0


def test_a_text_is_saved_shown_audited_and_taken_back(town):
    client = town.clients["operator"]
    client.post(LEGAL, {"text": "Erste Fassung"})
    client.post(LEGAL, {"text": "Zweite Fassung"})
    assert "Zweite Fassung" in words(town.clients["nobody"].get("/rechtliches/impressum/"))
    first = LegalText.objects.order_by("id").first()
    assert "Erste Fassung" in words(client.get(f"{LEGAL}{first.pk}/"))
    client.post(f"{LEGAL}{first.pk}/gilt/")
    assert "Erste Fassung" in words(town.clients["nobody"].get("/rechtliches/impressum/"))
    assert LegalText.objects.count() == 3
    changed = AuditRow.objects.filter(kind="legal_text").order_by("-id").first()
    assert (changed.before, changed.after) == (
        {"text": "Zweite Fassung"},
        {"text": "Erste Fassung"},
    )


def test_an_emptied_text_shows_the_draft_again(town):
    write_legal_text("impressum", "Text", actor=ANNA)
    town.clients["operator"].post(LEGAL, {"text": "  "})
    assert "noch nicht ausgefüllt" in words(town.clients["nobody"].get("/rechtliches/impressum/"))


def test_a_text_that_is_too_long_is_refused_with_a_summary(town):
    answer = town.clients["operator"].post(LEGAL, {"text": "x" * 50_001})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert LegalText.objects.count() == 0


def test_a_version_of_another_page_is_not_taken_up(town):
    row = write_legal_text("datenschutz", "x", actor=ANNA)
    assert town.clients["operator"].post(f"{LEGAL}{row.pk}/gilt/").status_code == 404


def test_every_page_carries_the_strict_policy(town):
    policy = town.clients["operator"].get("/betrieb/")["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "object-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


def test_the_toggle_stays_on_the_page_with_its_query(town):
    page = town.clients["admin"].get(town.url("protokoll/?art=thing")).content.decode()
    assert 'href="/en/probehausen/protokoll/?art=thing"' in page
    english = town.clients["admin"].get("/en/probehausen/protokoll/?art=thing").content.decode()
    assert '<html lang="en"' in english
    assert 'href="/probehausen/protokoll/?art=thing"' in english


@override_settings(DEBUG=False)
def test_a_form_from_elsewhere_is_refused_with_a_way_on(town):
    client = Client(enforce_csrf_checks=True, headers={"host": "localhost"})
    answer = client.post("/darstellung/", {"theme": "dark"})
    assert answer.status_code == 403
    assert "Bitte laden Sie die Seite neu" in words(answer)


def test_light_and_dark_are_remembered_and_never_lead_away(town):
    client = town.clients["nobody"]
    answer = client.post("/darstellung/", {"theme": "dark", "next": "//boese.example/"})
    assert answer.url == "/"
    assert 'data-theme="dark"' in client.get("/hilfe/").content.decode()
    client.post("/darstellung/", {"theme": "lila", "next": "/hilfe/"})
    assert 'data-theme="dark"' in client.get("/hilfe/").content.decode()


def test_everybody_reads_what_was_tested_for_accessibility_and_found(town):
    page = words(town.clients["nobody"].get("/rechtliches/barrierefreiheit/pruefung/"))
    report = read_report()
    assert f"auf {len(report.pages)} Seiten" in page
    assert len(report.pages) > 150
    assert report.found == sum(checked.found for checked in report.pages) == 0
    assert "Ein Test durch Menschen steht noch aus" in page
