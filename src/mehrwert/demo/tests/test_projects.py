"""The projects of Auental tell their stories: one watermelon, one missing, one late, one cliff."""

from datetime import UTC, date, datetime

import pytest

from mehrwert.base.clock import to_us
from mehrwert.base.tenant import tenant_scope
from mehrwert.connectors.table_files.models import TableImport
from mehrwert.demo import actions
from mehrwert.demo.projects import PROJECTS
from mehrwert.municipalities.tests.fixtures import make_tenant
from mehrwert.observations.queries import list_datastreams, list_trash
from mehrwert.observations.tests.fixtures import observation_store
from mehrwert.portfolio import queries
from mehrwert.portfolio.models import Duty, Project, Report

__all__ = ["observation_store"]
pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "observations"])
TODAY = date(2026, 11, 28)
NOON = datetime(2026, 11, 28, 11, tzinfo=UTC)


@pytest.fixture
def tenant(observation_store):
    tenant = make_tenant("auental", population=8200)
    assert actions.load_projects(tenant.pk, TODAY) == len(PROJECTS)
    assert actions.load_projects(tenant.pk, TODAY) == 0
    with tenant_scope(tenant.pk):
        yield tenant


def test_the_lights_of_auental_are_told(tenant):
    lights = {
        row.title: (row.light_stated, row.light_computed, row.state)
        for row in Project.objects.all()
    }
    assert lights["Kreis-Datenplattform"] == ("green", "red", "running")
    assert lights["Klima-Stele am Marktplatz"][0] == "not_delivered"
    assert lights["Pegelwarnung an der Aue"][2] == "live"
    ended = "Glascontainer leeren, wenn sie voll sind"
    assert lights[ended][2] == "ended"
    assert Report.objects.get(project__title=ended, missed_us__isnull=False).is_late
    assert {row.is_demo for row in Project.objects.all()} == {True}


def test_the_chain_of_every_project_holds_and_a_cliff_warns(tenant):
    for row in Project.objects.all():
        assert set(queries.verify_chain(row).values()) == {"ok"}
    assert queries.read_cliff(TODAY).is_warning
    assert len(queries.list_figures(TODAY)) == 3
    assert [row.until < TODAY for row in queries.list_decisions()] == [True, False, False]


def test_reports_tell_how_it_went_and_what_ended_in_return(tenant):
    trees = Project.objects.get(title="Bäume nach Bedarf gießen")
    said = list(dict.fromkeys(queries.list_reports(trees).values_list("sentence", flat=True)))
    assert len(said) == 5
    assert said[0] == "Das Ziel ist nach acht Monaten erreicht, der Friedhof soll folgen."
    assert [one.name for one in queries.list_replacements(trees)] == [
        "Gießtour nach festem Plan (Fremdfirma) (erfunden)"
    ]
    assert queries.read_split(Project.objects.get(title="Kreis-Datenplattform")) is not None


def test_what_people_leave_behind_is_there_once_and_marked_as_invented(tenant, tmp_path):
    """UX-2: no page of Auental is empty that a visitor opens."""
    for _ in range(2):
        actions.leave_traces(tenant.pk, TODAY, to_us(NOON), tmp_path / "tables")
    assert not (tmp_path / "tables").exists()
    (table,) = TableImport.objects.all()
    assert (table.name, table.state) == ("Freibad, Besuche je Tag (erfunden)", "stored")
    assert [row.properties["closed"] for row in list_datastreams(tenant.pk)] == [True]
    (gone,) = list_trash(tenant.pk)
    assert (gone.name, gone.n) == ("Testgerät in der Werkstatt", 48)
    assert [duty.norm for duty in Duty.objects.all()] == [
        "Gefahrenabwehrplan der Stadt Auental (erfunden)"
    ]
