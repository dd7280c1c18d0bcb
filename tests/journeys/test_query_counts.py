"""The number of SQL statements of every list page, from a committed file.

A page that asks more often than written down fails, and so does one that grew with its rows.
After a change that was meant run this test with ``MEHRWERT_WRITE_COUNTS=1``.
"""

import json
import os
from datetime import date
from pathlib import Path

from django.db import connections
from django.test.utils import CaptureQueriesContext

from mehrwert.accounts.actions import create_key, create_user
from mehrwert.alerts.actions import look_at_readings
from mehrwert.alerts.tests.factories import watching
from mehrwert.base.actor import SYSTEM
from mehrwert.base.clock import now_us
from mehrwert.base.tenant import tenant_scope
from mehrwert.catalogue.tests.factories import make_solution
from mehrwert.geodata.actions import ClosureInput, save_closure
from mehrwert.geodata.choices import ClosureKind
from mehrwert.intake.tests.fixtures import grow_intake
from mehrwert.municipalities.actions import set_membership
from mehrwert.municipalities.models import Tenant
from mehrwert.municipalities.tests.fixtures import make_tenant
from mehrwert.observations.actions import (
    ReadingBatch,
    WriteContext,
    record_observations,
    update_observation,
)
from mehrwert.portfolio.actions import DutyInput, add_duty
from mehrwert.portfolio.choices.financing import DutyKind
from mehrwert.portfolio.tests.factories import make_project

from .world import WORLD

pytestmark = WORLD
DAY_US = 86_400_000_000
FILE = Path(__file__).with_name("query_counts.json")
LISTS = {
    "municipalities:landing": ("operator", "/"),
    "municipalities:towns": ("operator", "/betrieb/kommunen/"),
    "municipalities:find": ("operator", "/betrieb/kommunen/neu/?suche=auendorf"),
    "municipalities:home": ("admin", "/auental/"),
    "municipalities:setup": ("admin", "/auental/einrichtung/"),
    "municipalities:people": ("admin", "/auental/einrichtung/personen/"),
    "municipalities:keys": ("admin", "/auental/einrichtung/schluessel/"),
    "accounts:people": ("operator", "/betrieb/personen/"),
    "evaluation:list": ("admin", "/auental/bewertung/"),
    "evidence:list": ("nobody", "/belege/"),
    "evidence:register": ("nobody", "/belege/plaene/"),
    "starters:list": ("admin", "/auental/pakete/"),
    "observations:thing_list": ("admin", "/auental/daten/"),
    "observations:value_list": ("admin", "/auental/daten/messreihen/{datastream_id}/werte/"),
    "observations:edits": ("admin", "/auental/daten/messreihen/{datastream_id}/aenderungen/"),
    "observations:datastream_years": ("admin", "/auental/daten/messreihen/{datastream_id}/jahre/"),
    "intake:device_list": ("admin", "/auental/daten/geraete/"),
    "intake:unknown_list": ("admin", "/auental/daten/geraete/unbekannt/"),
    "intake:source_list": ("admin", "/auental/daten/geraete/quellen/"),
    "intake:codec_list": ("admin", "/auental/daten/geraete/codecs/"),
    "alerts:alert_list": ("admin", "/auental/meldungen/"),
    "alerts:rule_list": ("admin", "/auental/meldungen/regeln/"),
    "portfolio:list": ("admin", "/auental/vorhaben/"),
    "portfolio:duties": ("admin", "/auental/vorhaben/pflichten/"),
    "geodata:closure_list": ("admin", "/auental/sperrungen/"),
    "geodata:desk": ("desk", "/auental/sperrungen/auskunft/?q=gasse"),
    "alerts:task_list": ("admin", "/auental/meldungen/aufgaben/"),
    "catalogue:list": ("admin", "/loesungen/"),
    "catalogue:orphans": ("admin", "/loesungen/verwaist/?art=nie"),
}


def count(world, visitor: str, url: str) -> int:
    """Return the statements of one request, of both databases; the second request counts."""
    client = world.client(visitor)
    url = url.format_map(world.ids["auental"])
    assert client.get(url).status_code == 200
    aliases = {connections[alias].settings_dict["NAME"]: alias for alias in connections}
    captured = [CaptureQueriesContext(connections[alias]) for alias in aliases.values()]
    for capture in captured:
        capture.__enter__()
    try:
        client.get(url)
    finally:
        for capture in captured:
            capture.__exit__(None, None, None)
    return sum(len(capture) for capture in captured)


def raise_alerts(world, n: int) -> None:
    """Make some rules that are met."""
    inside = world.ids["auental"]
    for number in range(n):
        watching(inside["town_id"], inside["datastream_id"], threshold=number - 1e6)
    town = WriteContext(inside["town_id"], "test", SYSTEM)
    record_observations(town, [ReadingBatch(inside["datastream_id"], [now_us()], [1.0])])
    look_at_readings(inside["town_id"], [inside["datastream_id"]])


def serve_duty(project) -> None:
    """Let a project serve a duty of its own."""
    given = DutyInput(task=project.title, norm="§ 1", kind=DutyKind.VOLUNTARY)
    with tenant_scope(project.tenant_id):
        add_duty(project, given, actor=SYSTEM)


def correct_readings(world, n: int) -> None:
    """Let readings of a series come and be corrected, some each year."""
    inside = world.ids["auental"]
    town, series_id = WriteContext(inside["town_id"], "test", SYSTEM), inside["datastream_id"]
    for number in range(n):
        time_us = now_us() - (number + 1) * 40 * DAY_US
        stored = record_observations(town, [ReadingBatch(series_id, [time_us], [1.0])])
        (reading_id,) = stored.rows[0].ids
        update_observation(town, reading_id, result=2.0)


def close_street(tenant_id: int, name: str) -> None:
    """Close a street."""
    given = ClosureInput(
        street=name, kind=ClosureKind.FULL, starts_on=date(2026, 1, 1), office="Bauamt"
    )
    with tenant_scope(tenant_id):
        save_closure(None, given, actor=SYSTEM)


def grow(world) -> None:
    """Put thirty more rows into every list."""
    auental = Tenant.objects.get(slug="auental")
    correct_readings(world, 30)
    raise_alerts(world, 30)
    grow_intake(auental.pk, 30)
    for number in range(30):
        make_tenant(f"ort-{number}")
        make_solution(f"loesung-{number}", name=f"Lösung {number}")
        serve_duty(make_project(auental.pk, title=f"Vorhaben {number}"))
        close_street(auental.pk, f"Gasse {number}")
        user = create_user(email=f"p{number}@auental.example", display_name=f"P {number}")
        set_membership(auental, user, "viewer")
        create_key(tenant_id=auental.pk, name=f"K {number}", scopes=["read"], actor=SYSTEM)


def test_no_list_page_asks_more_often_than_written_down_or_with_more_rows(world):
    make_solution("eine")
    close_street(world.ids["auental"]["town_id"], "Gasse")
    serve_duty(make_project(world.ids["auental"]["town_id"], title="Vorhaben"))
    few = {name: count(world, *LISTS[name]) for name in LISTS}
    grow(world)
    many = {name: count(world, *LISTS[name]) for name in LISTS}
    if os.environ.get("MEHRWERT_WRITE_COUNTS"):
        FILE.write_text(json.dumps(many, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    written = json.loads(FILE.read_text(encoding="utf-8"))
    assert set(written) == set(LISTS)
    assert many == few
    assert {name: n for name, n in many.items() if n > written[name]} == {}
