"""The pages of the catalogue that somebody signed in works with are not empty in the demo."""

import pytest

from mehrwert.base.tenant import tenant_scope
from mehrwert.catalogue.choices import Care
from mehrwert.catalogue.models import Solution
from mehrwert.catalogue.queries import list_care, list_saved, list_second_looks
from mehrwert.demo import actions
from mehrwert.demo.choices import BY_ROLE
from mehrwert.demo.queries import read_character
from mehrwert.municipalities.tests.fixtures import make_tenant

pytestmark = pytest.mark.django_db


def test_drafts_lists_and_tasks_are_there_once_and_invented(client):
    """Nothing of it is public or hangs on a real solution (decisions 37)."""
    towns = [make_tenant(name, population=8200) for name in ("auental", "muenster", "quelle")]
    actions.make_people(*towns)
    actions.enter_solutions(towns[0])
    for _ in range(2):
        actions.begin_entries(towns[0])
    editor = read_character(BY_ROLE["editor"])
    with tenant_scope(towns[0].pk):
        (look,) = list_second_looks(towns[0])
    assert look.asked_by == editor.pk
    drafts = Solution.objects.filter(is_public=False)
    assert {row.entry_origin for row in drafts} == {"demo"}
    assert drafts.count() == 2
    assert len(list_saved(editor.pk)) == 2
    assert [row.times for row in list_care(Care.MISSED)] == [5, 4, 3]
    client.force_login(editor)
    assert "Wartet auf eine zweite Person" in client.get("/auental/loesungen/").content.decode()


def test_software_and_publishers_of_the_interface_are_not_empty(client):
    """One invented solution has invented code; its publisher is the invented town."""
    town = make_tenant("auental", population=8200)
    actions.enter_solutions(town)
    (software,) = client.get("/v1/software").json()["data"]
    assert software["url"] == "https://code.example/auental/baumbewaesserung"
    (publisher,) = client.get("/v1/publishers").json()["data"]
    assert publisher["description"] == town.name
    assert "alternativeId" not in publisher
