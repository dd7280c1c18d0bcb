"""A dump taken into an empty installation gives the same public pages (CAT-752)."""

import json
import re

import pytest
from django.core.management import CommandError, call_command

from mehrwert.base.actor import SYSTEM
from mehrwert.catalogue.actions import import_bundled
from mehrwert.catalogue.actions.indexing import index_solutions
from mehrwert.catalogue.models import Solution, SolutionLink, SolutionSource
from mehrwert.catalogue.tests import factories
from mehrwert.standards.dcat_ap import actions, queries

pytestmark = pytest.mark.django_db
SLUGS = ("klarschiff", "smart-village-app", "maengelmelder-mannheim", "pegel")


@pytest.fixture
def folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return tmp_path / queries.FOLDER


def shown(client, path: str):
    """Return what a page says, without what is new in each answer; JSON as its values."""
    answer = client.get(path)
    page = factories.body(answer)
    if answer["Content-Type"].startswith("application/json"):
        return json.loads(page)
    main = page.split("<main")[1].split("</main>")[0] if "<main" in page else page
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", main)


def all_pages(client):
    paths = [f"/loesungen/{slug}/" for slug in SLUGS]
    paths += [f"/api/v1/solutions/{slug}" for slug in SLUGS]
    paths += ["/loesungen/", "/loesungen/?q=Pegel", "/loesungen/pegel/kosten/"]
    return {path: shown(client, path) for path in paths}


def test_pages_are_equal_after_the_way_through_a_dump(client, folder):
    import_bundled()
    pegel = factories.make_solution("pegel", entry_origin="imported")
    pegel.evidence_class, pegel.evidence_direction = 2, "better"
    pegel.evidence = {"sentence": "12 % weniger"}
    pegel.save()
    factories.make_adoption(pegel, "09462000", basis="declared", status="live", extent="5 Pegel")
    for key, amount in (("1", 0.6), ("2", 0.7), ("3", 0.8)):
        factories.make_cost(pegel, key, amount)
    SolutionSource.objects.create(solution=pegel, position=0, url="https://pegel.example/")
    target = Solution.objects.get(slug="klarschiff")
    SolutionLink.objects.create(
        solution=pegel, target=target, kind="variant_of", is_confirmed=True, reason="gleich"
    )
    index_solutions([pegel.pk])
    before = all_pages(client)
    actions.write_dump()
    Solution.objects.all().delete()
    index_solutions(None)
    done = actions.load_dump(folder, actor=SYSTEM)
    assert (done.new, done.replaced, done.left) == (184, 0, {})
    after = all_pages(client)
    for path, page in before.items():
        assert after[path] == page, path
    again = actions.load_dump(folder, actor=SYSTEM)
    assert (again.new, again.replaced) == (0, 184)


def test_what_a_municipality_here_looks_after_stays(folder):
    mine = factories.make_solution("pegel", owner_tenant_id=7)
    factories.make_solution("licht")
    actions.write_dump()
    done = actions.load_dump(folder, actor=SYSTEM)
    assert done.replaced == 1
    assert list(done.left) == ["pegel"]
    Solution.objects.filter(pk=mine.pk).delete()
    factories.make_solution("pegel")
    left = actions.load_dump(folder, actor=SYSTEM).left
    assert left == {"pegel": "Die Adresse hat schon ein anderer Eintrag."}


def test_a_damaged_dump_changes_nothing(folder):
    factories.make_solution("pegel")
    actions.write_dump()
    (folder / "profiles.zip").write_bytes(b"PK")
    with pytest.raises(CommandError, match="Prüfsumme"):
        call_command("load_dump", folder)
