"""The two towns are made once, completely, and the clock changes are not hidden."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from mehrwert.accounts.queries import read_key
from mehrwert.connectors.table_files.models import TableProblem
from mehrwert.demo import actions, bundle, queries, town
from mehrwert.demo.actions import seeding
from mehrwert.demo.errors import NotADemoError
from mehrwert.municipalities.tests.fixtures import make_tenant
from mehrwert.observations.queries import (
    count_observations,
    count_things,
    list_datastreams,
    list_things,
    read_observations,
    read_series,
)

from .conftest import NOW

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")

BERLIN = ZoneInfo("Europe/Berlin")


def all_counts() -> queries.Counts:
    return queries.count_all()


def test_both_towns_stand_with_their_stations_and_newest_readings(seeded):
    auental, muenster = queries.read_auental(), queries.read_muenster()
    assert count_things(auental.pk) == len(town.stations())
    assert count_things(muenster.pk) == 3
    assert len(list_datastreams(auental.pk)) == len(town.all_probes())
    assert count_observations(auental.pk) > 5_000
    assert count_observations(muenster.pk) == 192 * 13
    silent = [row.external_key for row in list_datastreams(auental.pk) if not row.n]
    assert silent == []


def test_making_the_demo_again_changes_nothing(seeded):
    before = all_counts()
    assert actions.seed(NOW + 3_600_000_000) == seeded
    assert all_counts() == before


def test_a_start_that_was_interrupted_goes_on_and_doubles_nothing(seeded):
    before = all_counts()
    unfinished = {
        "start_us": seeded.start_us,
        "newest_us": seeded.newest_us,
        "seeded_us": seeded.seeded_us,
        "is_finished": False,
    }
    seeding.set_setting(queries.BEGINNING, unfinished, actor=seeding.SYSTEM)
    assert actions.seed(NOW + 60_000_000) == seeded
    assert all_counts() == before


def test_rules_that_changed_meanwhile_do_not_double_what_is_loaded(seeded, monkeypatch):
    before = all_counts()
    monkeypatch.setattr(town, "SEED", 1)
    showers = ()
    actions.prepare_auental(seeded, showers, queries.read_auental())
    assert all_counts() == before


def test_auental_is_marked_as_invented_everywhere(seeded):
    tenant = queries.read_auental()
    assert (tenant.level, tenant.is_demo, tenant.read_only) == ("demo", True, False)
    assert all("Erfunden" in row.source for row in list_datastreams(tenant.pk))
    assert all("Erfundene" in row.description for row in list_things(tenant.pk))


def test_muenster_is_read_only_and_every_series_carries_its_credit(seeded):
    tenant = queries.read_muenster()
    assert (tenant.level, tenant.is_demo, tenant.read_only) == ("gemeinde", False, True)
    assert tenant.notice == "Echtdaten der Stadt Münster, keine Einrichtung der Stadt."
    series = list_datastreams(tenant.pk)
    assert len(series) == 13
    assert {(row.credit, row.licence) for row in series} == {("Stadt Münster", "dl-de/by-2-0")}
    assert all(row.properties["closed"] for row in series)


def test_the_positions_in_muenster_are_marked_as_approximate(seeded):
    things = list_things(queries.read_muenster().pk)
    marked = [t for t in things if (t.location_properties or t.properties or {}).get("approximate")]
    assert len(marked) == len(things) == 3


def test_the_readings_in_the_store_are_those_of_the_bundle(seeded, short_bundle):
    part = short_bundle["newest"]
    station = bundle.index()["stations"][1]
    row = next(
        r
        for r in list_datastreams(queries.read_muenster().pk)
        if r.thing_name == station["name"] and r.name == "Summe der Zählstelle"
    )
    series = read_series(queries.read_muenster().pk, row.id)
    local = [datetime.fromtimestamp(t / 1e6, BERLIN) for t in series.times_us.tolist()]
    assert [f"{m:%Y-%m-%dT%H:%M}" for m in local] == [str(t)[:16] for t in part.times]
    assert series.values.tolist() == part.grids[1][0].tolist()


def load_older(tmp_path):
    muenster = queries.read_muenster()
    saved = []
    return actions.load_older(
        muenster.pk, tmp_path / "older", report=lambda p: None, state=None, save=saved.append
    )


def test_the_hour_that_holds_two_is_stored_once_flagged_and_reported(seeded, tmp_path):
    result = load_older(tmp_path)
    muenster = queries.read_muenster()
    row = next(r for r in list_datastreams(muenster.pk) if "Summe" in r.name)
    first = int(datetime(2025, 10, 26, 0, 0, tzinfo=UTC).timestamp()) * 1_000_000
    hour = 3_600_000_000
    summer = read_observations(muenster.pk, row.id, first, first + hour, newest_first=False)
    winter = read_observations(muenster.pk, row.id, first + hour, first + 2 * hour)
    assert [(o.quality, o.qualifiers) for o in summer] == [(2, "dst_double")] * 4
    assert winter == []
    assert result.codes["merged_hour"] > 0
    from mehrwert.base.tenant import tenant_scope

    with tenant_scope(muenster.pk):
        assert TableProblem.objects.filter(code="merged_hour").count() > 0


def test_loading_the_older_counts_twice_stores_nothing_new(seeded, tmp_path):
    load_older(tmp_path)
    before = all_counts()
    assert load_older(tmp_path).created == 0
    assert all_counts() == before


def test_the_history_of_auental_joins_the_newest_readings_without_gap_or_overlap(seeded):
    tenant = queries.read_auental()
    steps = []
    actions.load_history(tenant.pk, seeded, first=0, report=lambda *step: steps.append(step))
    row = next(
        r for r in list_datastreams(tenant.pk) if r.external_key == f"{town.MAIN_GAUGE}/level"
    )
    times = read_series(tenant.pk, row.id).times_us
    assert set((times[1:] - times[:-1]).tolist()) == {900_000_000}
    assert times[0] - seeded.start_us <= 900_000_000
    assert [s[0] for s in steps] == list(range(1, len(town.all_probes()) + 1))


def test_an_interrupted_history_goes_on_where_it_was(seeded):
    tenant = queries.read_auental()
    n = len(town.all_probes())
    rest = actions.load_history(tenant.pk, seeded, first=n - 3, report=lambda *step: None)
    whole = actions.load_history(tenant.pk, seeded, first=0, report=lambda *step: None)
    again = actions.load_history(tenant.pk, seeded, first=0, report=lambda *step: None)
    assert rest > 0
    assert whole > rest
    assert again == 0


def test_the_key_of_the_simulator_is_kept_until_somebody_revokes_it(seeded, settings):
    from mehrwert.accounts.actions import revoke_key
    from mehrwert.base.actor import SYSTEM

    tenant = queries.read_auental()
    key = actions.open_key(tenant.pk)
    grant = read_key(key)
    assert actions.open_key(tenant.pk) == key
    assert (grant.tenant_id, grant.scopes) == (tenant.pk, frozenset({"write"}))
    assert (settings.DATA_DIR / "simulator.key").stat().st_mode & 0o077 == 0
    revoke_key(grant.key_id, tenant_id=tenant.pk, actor=SYSTEM)
    from mehrwert.accounts.queries import forget_keys

    forget_keys()
    assert actions.open_key(tenant.pk) != key


def test_only_so_many_showers_are_remembered():
    for number in range(25):
        actions.remember_shower(number)
    assert queries.read_shower_starts() == list(range(5, 25))


def test_a_database_in_use_by_something_else_is_left_alone():
    make_tenant("musterstadt")
    with pytest.raises(NotADemoError):
        actions.refuse_foreign()
    with pytest.raises(NotADemoError):
        actions.reset()


def test_an_empty_database_may_become_a_demo():
    actions.refuse_foreign()
    assert not queries.is_foreign()
