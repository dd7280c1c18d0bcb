"""What the phone desk counts becomes readings of its package."""

from datetime import date

import pytest
import time_machine

from mehrwert.base.actor import SYSTEM
from mehrwert.base.tenant import tenant_scope
from mehrwert.geodata.actions import ClosureInput, count_call, end_closure, save_closure
from mehrwert.geodata.choices import CallKind, ClosureKind
from mehrwert.observations.tests.pages import text_of
from mehrwert.starters import actions, jobs, queries
from mehrwert.starters.choices import PHONE_DESK
from mehrwert.starters.library import bundled_package

from .factories import live

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "observations"])
LAST_DAY = date(2026, 11, 30)


def close(street):
    given = ClosureInput(
        street=street, kind=ClosureKind.FULL, starts_on=date(2026, 11, 1), office="Bauamt"
    )
    return save_closure(None, given, actor=SYSTEM)


def latest(row):
    return {one.name: one.latest.result for one in queries.series_of(row) if one.n}


def test_strokes_and_closures_of_a_day_are_written_once(place):
    with tenant_scope(place.tenant.pk):
        assert actions.feed_phone_desk(LAST_DAY, actor=SYSTEM) == 0
        with time_machine.travel("2026-11-30 09:00+00:00", tick=False):
            row = live(bundled_package(PHONE_DESK))
            close("Mühlgasse")
            end_closure(close("Ahornweg"), actor=SYSTEM)
            for day, kind in (
                (date(2026, 11, 29), CallKind.FORWARDED),
                (LAST_DAY, CallKind.ANSWERED),
                (LAST_DAY, CallKind.FORWARDED),
                (LAST_DAY, CallKind.FORWARDED),
            ):
                count_call(kind, day=day, actor=SYSTEM)
        with time_machine.travel("2026-12-01 00:20+01:00", tick=False):
            assert jobs.feed_phone_desks.call() == 3
            assert actions.feed_phone_desk(LAST_DAY, actor=SYSTEM) == 0
            assert latest(row) == {
                "Gültige Sperrungen": 1.0,
                "Anrufe zu Sperrungen": 3.0,
                "Durchgestellte Anrufe": 1.5,
            }
    page = text_of(place.client.get(f"/auental/pakete/{PHONE_DESK}/"))
    assert "Auskunft am Telefon öffnen" in page
    assert "Geräte braucht es hier nicht" in page


def test_a_day_without_strokes_says_nothing_about_calls(place):
    with tenant_scope(place.tenant.pk):
        row = live(bundled_package(PHONE_DESK))
        assert actions.feed_phone_desk(date(2026, 11, 5), actor=SYSTEM) == 1
        assert latest(row) == {"Gültige Sperrungen": 0.0}
