"""An evaluation belongs to a project, and each leads to the other."""

import pytest

from mehrwert.base.models import AuditRow
from mehrwert.evaluation import queries
from mehrwert.evaluation.models import Evaluation
from mehrwert.municipalities.tests.fixtures import make_tenant
from mehrwert.portfolio.tests.factories import make_project

from .test_views import form, text

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "observations"])


def test_from_the_project_to_its_evaluation_and_back(town):
    """PF-19: one project leads to its effect, its papers, and back."""
    editor = town.clients["lead"]
    project = make_project(town.tenant.pk, beneficiaries="Bauhof")
    record = f"/{town.tenant.slug}/vorhaben/{project.pk}/"
    assert f"bewertung/neu/?vorhaben={project.pk}" in text(editor.get(record))
    new = town.path(f"neu/?vorhaben={project.pk}")
    assert "Der Bauhof verbraucht weniger Gießwasser." in text(editor.get(new))
    page = text(editor.post(new, form(town), follow=True))
    assert project.title in page
    with town.scope():
        row = Evaluation.objects.get()
        assert row.project_id == project.pk
        assert queries.list_outcomes()[project.pk].decision == ""
    assert "Ratsvorlagen" in text(editor.get(record))
    taken_out = editor.post(town.path(f"vorhaben/{project.pk}/"), {"evaluation": row.pk})
    assert taken_out.status_code == 302
    assert row.title in text(editor.get(record))
    with town.scope():
        assert Evaluation.objects.get().project_id is None
    editor.post(town.path(f"vorhaben/{project.pk}/"), {"evaluation": row.pk})
    with town.scope():
        assert Evaluation.objects.get().project_id == project.pk
    told = AuditRow.objects.filter(kind="evaluation", verb="update")
    assert sum("project" in (row.after or {}) for row in told) == 3


def test_another_town_s_project_does_not_exist_here(town):
    other = make_project(make_tenant("bergheim").pk)
    editor = town.clients["lead"]
    assert editor.get(town.path(f"neu/?vorhaben={other.pk}")).status_code == 404
    assert editor.post(town.path(f"vorhaben/{other.pk}/"), {}).status_code == 404
