"""Updates with three versions compared, rollback, and what refuses (TRF-207)."""

import dataclasses

import pytest

from mehrwert.alerts import actions as alerts
from mehrwert.alerts.models import AlertRule
from mehrwert.base.actor import SYSTEM
from mehrwert.base.errors import ForbiddenError
from mehrwert.base.tenant import tenant_scope
from mehrwert.evaluation.actions import update_plan
from mehrwert.evaluation.models import Evaluation
from mehrwert.evaluation.queries import plan_of
from mehrwert.observations import actions as observations
from mehrwert.observations import queries as measured
from mehrwert.observations.tests.pages import text_of
from mehrwert.portfolio.actions import ItemInput, answer_item
from mehrwert.portfolio.choices import ItemState
from mehrwert.portfolio.queries import list_checklist
from mehrwert.starters import actions, library, queries
from mehrwert.starters.actions import installing
from mehrwert.starters.choices import Measured, PieceKind, Step
from mehrwert.starters.errors import (
    AlreadyInstalledError,
    LicenceNotAcceptedError,
    NoNewVersionError,
    NothingToRollBackError,
    ParameterError,
)
from mehrwert.starters.library import bundled_package, load
from mehrwert.starters.models import Installation

from .factories import SLUG, answers, copy_of, fingerprint, live, replace, sealed

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "observations"])


@pytest.fixture
def town(place):
    with tenant_scope(place.tenant.pk):
        yield place


@pytest.fixture
def newer(tmp_path):
    """The next version: a changed rule, an added one, a changed plan, layer and station."""
    folder = copy_of(tmp_path)
    replace(folder / "package.yml", "version: 1.0.0", "version: 1.1.0")
    rules = folder / "alert_rules.yml"
    replace(rules, "hold_s: 21600", "hold_s: 10800")
    replace(rules, "- key: stumm", "- key: still")
    replace(folder / "things.yml", "Bodensonde an einem Stadtbaum.", "Sonde an einem Stadtbaum.")
    replace(folder / "series.yml", "name: Bodentemperatur", "name: Temperatur des Bodens")
    replace(folder / "plan.yml", "Bauhof und Haushalt", "Bauhof, Haushalt, Bäume")
    replace(folder / "layers.yml", "label: wird trocken", "label: trocknet aus")
    replace(folder / "checklist.yml", "Termin der Bewertung eintragen", "Bewertung terminieren")
    return load(sealed(folder))


def steps(row, package):
    return {change.key: change.step for change in queries.changes_to(row, package)}


def test_an_update_changes_what_nobody_touched_and_tells_so_before(town, newer):
    row = live(bundled_package(SLUG))
    told = steps(row, newer)
    assert told["rule/trocken/baum-1"] is Step.CHANGE
    assert told["rule/still/baum-1"] is Step.CREATE
    assert told["rule/stumm/baum-1"] is Step.REMOVE
    assert told["thing/bauhof"] is Step.LEAVE
    row = actions.update_package(row, newer, actor=SYSTEM)
    assert row.version == "1.1.0"
    assert set(AlertRule.objects.filter(title__startswith="Trocken").values_list("hold_s")) == {
        (10800,)
    }
    assert plan_of(Evaluation.objects.get()).beneficiaries == "Bauhof, Haushalt, Bäume"
    names = {series.name for series in queries.series_of(row)}
    assert "Temperatur des Bodens" in names
    assert set(steps(row, newer).values()) == {Step.LEAVE}


LOCAL = {
    PieceKind.THING: "thing/baum/baum-1",
    PieceKind.SERIES: "series/baum/baum-1/bodentemperatur",
    PieceKind.RULE: "rule/trocken/baum-1",
    PieceKind.PLAN: "plan/wirkung",
    PieceKind.LAYER: "layer/bodenfeuchte",
    PieceKind.TASK: "task/bewertung",
}


def change_here(town, row, kind):
    """Change one piece as people do in its own room."""
    piece = row.pieces.get(key=LOCAL[kind])
    if kind is PieceKind.THING:
        observations.update_thing(town.context, piece.object_id, description="Unsere Linde")
    elif kind is PieceKind.SERIES:
        observations.update_datastream(town.context, piece.object_id, name="Bodenwärme")
    elif kind is PieceKind.RULE:
        rule = AlertRule.objects.get(pk=piece.object_id)
        choice = alerts.choice_of(rule)
        alerts.save_rule(rule, dataclasses.replace(choice, hold_s=60), actor=SYSTEM)
    elif kind is PieceKind.PLAN:
        draft = Evaluation.objects.get()
        plan = dataclasses.replace(plan_of(draft), beneficiaries="Wir")
        update_plan(draft, plan, solution="x", actor=SYSTEM)
    else:
        name = "classes" if kind is PieceKind.LAYER else "title"
        piece.values = {**piece.values, name: "hier geändert"}
        piece.save()


def test_local_changes_of_every_kind_win_unless_chosen_otherwise(town, newer):
    """TRF-207: an update test with a local change in each kind of object."""
    row = live(bundled_package(SLUG))
    for kind in LOCAL:
        change_here(town, row, kind)
    keys = set(LOCAL.values())
    told = [change for change in queries.changes_to(row, newer) if change.key in keys]
    assert {change.step for change in told} == {Step.KEEP_LOCAL}
    assert all(any(field.is_conflict for field in change.fields) for change in told)
    kept = actions.update_package(row, newer, actor=SYSTEM)
    assert {steps(kept, newer)[key] for key in keys} == {Step.KEEP_LOCAL}
    kept = actions.roll_back(kept, actor=SYSTEM)
    over = actions.update_package(kept, newer, overwrite=keys, actor=SYSTEM)
    assert {steps(over, newer)[key] for key in keys} == {Step.LEAVE}


def test_rolling_back_restores_everything(town, newer):
    """TRF-207: rollback, then removal without trace."""
    before = fingerprint()
    row = live(bundled_package(SLUG))
    wanted = {piece.key: piece.made for piece in row.pieces.all()}
    row = actions.update_package(row, newer, actor=SYSTEM)
    row = actions.roll_back(row, actor=SYSTEM)
    assert {piece.key: piece.made for piece in row.pieces.all()} == wanted
    assert row.version == "1.0.0"
    assert set(steps(row, bundled_package(SLUG)).values()) == {Step.LEAVE}
    with pytest.raises(NothingToRollBackError):
        actions.roll_back(row, actor=SYSTEM)
    actions.remove_package(row, None, actor=SYSTEM)
    assert fingerprint() == before


def test_what_cannot_be_done_is_refused_and_changes_nothing(town):
    """TRF-204: licence, parameters, twice the same."""
    package = bundled_package(SLUG)
    with pytest.raises(ParameterError, match="Trocken unter"):
        live(package, moisture_limit=7)
    with pytest.raises(ParameterError, match="heißen gleich"):
        live(package, places=["Linde", "linde"])
    assert not Installation.objects.exists()
    draft = actions.save_draft(package, answers(package), is_demo=True, actor=SYSTEM)
    before = fingerprint()
    with pytest.raises(LicenceNotAcceptedError):
        actions.go_live(draft, licence_accepted=False, actor=SYSTEM)
    assert fingerprint() == before
    row = actions.go_live(draft, licence_accepted=True, actor=SYSTEM)
    with pytest.raises(AlreadyInstalledError):
        actions.save_draft(package, answers(package), is_demo=True, actor=SYSTEM)
    with pytest.raises(NoNewVersionError):
        actions.update_package(row, package, actor=SYSTEM)


def test_a_failure_half_way_leaves_nothing(town, monkeypatch):
    """TRF-204: one transaction over both stores."""
    package = bundled_package(SLUG)
    draft = actions.save_draft(package, answers(package), is_demo=True, actor=SYSTEM)
    before = fingerprint()

    def fail(*given, **more):
        raise ParameterError(reasons="Probe")

    monkeypatch.setattr(installing.judged, "make_plan", fail)
    with pytest.raises(ParameterError):
        actions.go_live(draft, licence_accepted=True, actor=SYSTEM)
    assert fingerprint() == before


def test_readings_stay_when_asked_and_are_taken_up_again(town):
    """TRF-206: own measurements only after a separate question."""
    row = live(bundled_package(SLUG))
    actions.load_demo_readings(row, actor=SYSTEM)
    n = queries.count_measured(row)
    actions.remove_package(row, Measured.KEEP, actor=SYSTEM)
    kept = measured.list_datastreams(town.tenant.pk)
    assert sum(series.n for series in kept) == n
    assert queries.count_measured(live(bundled_package(SLUG))) == n


def test_a_real_town_gets_no_invented_readings(town):
    package = bundled_package(SLUG)
    row = actions.save_draft(package, answers(package), is_demo=False, actor=SYSTEM)
    row = actions.go_live(row, licence_accepted=True, actor=SYSTEM)
    with pytest.raises(ForbiddenError):
        actions.load_demo_readings(row, actor=SYSTEM)


def test_the_page_tells_an_update_in_words_takes_it_and_goes_back(town, newer, monkeypatch):
    """TRF-207 as people see it, with a second version written here."""
    base = f"/auental/pakete/{SLUG}/"
    row = live(bundled_package(SLUG))
    change_here(town, row, PieceKind.RULE)
    others = [one for one in library.bundled() if one.slug != SLUG]
    monkeypatch.setattr(library, "bundled", lambda: (*others, newer))
    assert "Fassung 1.1.0 ist da." in text_of(town.client.get(base))
    page = text_of(town.client.get(f"{base}aktualisieren/"))
    assert "Von Fassung 1.0.0 auf 1.1.0." in page
    assert "Bodentemperatur → Temperatur des Bodens" in page
    assert "Ihre Änderung bleibt" in page
    for word in ("hier: 60", "neu im Paket: 10.800", "früher im Paket: 21.600"):
        assert word in page.replace("\u202f", ".")
    page = text_of(town.client.post(f"{base}aktualisieren/", {}, follow=True))
    assert "Die neue Fassung läuft." in page
    assert "Zur früheren Fassung zurück" in page
    assert AlertRule.objects.filter(hold_s=60).count() == 1
    assert "Es ist schon der neueste Stand" in text_of(town.client.get(f"{base}aktualisieren/"))
    page = text_of(town.client.post(f"{base}zurueck/", follow=True))
    assert "Die frühere Fassung läuft wieder." in page
    names = {series.name for series in queries.series_of(Installation.objects.get())}
    assert "Bodentemperatur" in names


def test_a_task_and_the_line_of_the_checklist_that_asks_the_same_are_one(town):
    """TRF-208: two lists, one answer."""
    actions.list_in_catalogue()
    row = live(bundled_package(SLUG))
    adoption = queries.adoption_of(row)
    tasks = {task.piece.key.rpartition("/")[2]: task for task in queries.list_tasks(row)}
    assert not any(task.is_done for task in tasks.values())
    assert (tasks["datenschutz"].is_joined, tasks["einbau"].is_joined) == (True, False)
    actions.tick_task(tasks["datenschutz"].piece, is_done=True, note="VVT 12", actor=SYSTEM)
    (line,) = [x for x in list_checklist(adoption) if x.line.key == "data_protection"]
    assert (line.state, line.proof) == (ItemState.DONE, "VVT 12")
    answer_item(
        adoption, "training", ItemInput(state=ItemState.SKIPPED, reason="zu zweit"), actor=SYSTEM
    )
    done = {task.piece.key.rpartition("/")[2] for task in queries.list_tasks(row) if task.is_done}
    assert done == {"datenschutz", "schulung"}
    page = text_of(town.client.get(f"/auental/vorhaben/nachnutzung/{adoption.pk}/"))
    assert "Dazu aus dem Paket „Durstige Bäume“" in page
    assert "Sonden einbauen" in page
