"""What belongs to one municipality cannot be reached through the address of another."""

from mehrwert.accounts.queries import list_keys
from mehrwert.municipalities.models import Tenant
from mehrwert.municipalities.queries import count_members
from mehrwert.observations.queries import count_things, list_datastreams

from .test_roles import all_pages
from .world import WORLD

pytestmark = WORLD

OWNED = {"thing_id", "datastream_id", "key_id", "member_id", "job_id", "import_id", "batch_id"}


def test_ids_of_another_municipality_are_not_found_here(world):
    wrong, tried = [], 0
    for name, (route, pattern) in sorted(all_pages().items()):
        if "mandant" not in route or not OWNED & set(pattern.pattern.regex.groupindex):
            continue
        url = world.url(name, pattern, ids="zell")
        for method in ("get", "post"):
            tried += 1
            answer = getattr(world.client("admin"), method)(url, {"role": "viewer"})
            if answer.status_code not in {404, 405}:
                wrong.append(f"{method} {url}: {answer.status_code}")
    assert tried >= 20
    assert wrong == []


def test_after_such_tries_everything_of_the_other_is_still_there(world):
    zell = Tenant.objects.get(slug="zell")

    def belongings():
        keys = [(key.pk, key.revoked_us) for key in list_keys(zell.pk)]
        series = [row.id for row in list_datastreams(zell.pk)]
        return keys, series, count_members(zell), count_things(zell.pk)

    before = belongings()
    for name, (route, pattern) in sorted(all_pages().items()):
        if "mandant" in route and OWNED & set(pattern.pattern.regex.groupindex):
            world.client("admin").post(world.url(name, pattern, ids="zell"), {"bestaetigt": "ja"})
    assert belongings() == before


def test_lists_show_only_what_is_ones_own(world):
    for path in ("einrichtung/personen/", "einrichtung/schluessel/", "daten/"):
        page = world.client("stranger").get(f"/zell/{path}").content.decode()
        assert "/auental/" not in page
    people = world.client("stranger").get("/zell/einrichtung/personen/").content.decode()
    assert "viewer@auental.example" not in people
