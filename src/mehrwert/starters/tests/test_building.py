"""A package built from what runs: TRF-210."""

import io
import zipfile

import pytest

from mehrwert.alerts.actions import look_at_readings
from mehrwert.alerts.models import Alert, AlertRule
from mehrwert.base.actor import SYSTEM
from mehrwert.base.tenant import tenant_scope
from mehrwert.evaluation.models import Evaluation
from mehrwert.evaluation.queries import plan_of
from mehrwert.observations import actions as observations
from mehrwert.observations.queries import list_datastreams, list_things
from mehrwert.observations.tests.pages import text_of
from mehrwert.starters import actions, queries
from mehrwert.starters.choices import PieceKind
from mehrwert.starters.errors import PackageRefusedError
from mehrwert.starters.library import bundled, bundled_package

from .factories import SLUG, live

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "observations"])
PAGE = "/auental/pakete/bauen/"
SECRETS = ("0170 1234567", "max.muster@auental.de", "Linde am Markt", "bauhof@auental.de")


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def run_here(place):
    """Let the thirsty trees run, with names and secrets of the town."""
    package = bundled_package(SLUG)
    with tenant_scope(place.tenant.pk):
        places = ["Linde am Markt", "Ahorn Schule"]
        row = live(package, places=places, mail="bauhof@auental.de", moisture_limit=0.22)
        actions.load_demo_readings(row, actor=SYSTEM)
        thing = list_things(place.tenant.pk)[0]
        words = "Schlüssel bei Max, Tel. 0170 1234567, max.muster@auental.de"
        observations.update_thing(place.context, thing.id, description=words)
    return row


def form_of(place, **more):
    with tenant_scope(place.tenant.pk):
        return {
            "title": "Bäume aus Auental",
            "tagline": "Sonden melden, welcher Baum Wasser braucht.",
            "problem": "Gegossen wird nach Plan, nicht nach Bedarf.",
            "field": "Klimaanpassung",
            "things": [thing.id for thing in list_things(place.tenant.pk)],
            "evaluation": Evaluation.objects.get().pk,
            "with_readings": "on",
            "hours_setup": "6",
            "hours_per_month": "1,5",
            **more,
        }


def behaviour(place):
    """Return what the setup of a town does with its readings: rules, alerts, plan, tasks."""
    with tenant_scope(place.tenant.pk):
        series = list_datastreams(place.tenant.pk)
        look_at_readings(place.tenant.pk, [row.id for row in series])
        rules = AlertRule.objects.order_by("kind", "threshold", "pk")
        numbers = ("kind", "threshold", "hysteresis", "hold_s", "severity", "advice", "is_active")
        plan = plan_of(Evaluation.objects.get())
        return {
            "rules": sorted(tuple(getattr(rule, name) for name in numbers) for rule in rules),
            "alerts": sorted(Alert.objects.values_list("rule__kind", "severity")),
            "plan": (plan.indicator_key, plan.good_direction, plan.sesoi, plan.shape, plan.unit),
            "series": sorted((s.name, s.unit_symbol, s.aggregation, s.n) for s in series),
        }


def test_what_is_exported_behaves_the_same_elsewhere(place, elsewhere):
    row = run_here(place)
    for wrong, said in (({"solution": "fehlt"}, "nicht im Katalog"), ({"title": ""}, "Bitte")):
        answer = place.client.post(PAGE, form_of(place, **wrong))
        assert (answer.status_code, said in text_of(answer)) == (422, True)
    looked = text_of(place.client.post(PAGE, form_of(place)))
    assert "Diese Texte verlassen das Haus" in looked
    data = place.client.post(PAGE, form_of(place, laden="1")).content
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        written = "".join(archive.read(name).decode() for name in archive.namelist())
    assert [secret for secret in SECRETS if secret in written] == []
    assert "default: 0.22" in written

    package = actions.add_package(data, actor=SYSTEM)
    assert package.slug == "baeume-aus-auental"
    assert package in bundled()
    with tenant_scope(elsewhere.tenant.pk):
        copy = live(package)
        assert actions.load_demo_readings(copy, actor=SYSTEM) == len(package.demo)
        kinds = [piece.kind for piece in queries.wanted_pieces(copy)]
    with tenant_scope(place.tenant.pk):
        assert kinds == [piece.kind for piece in queries.wanted_pieces(row)]
    assert kinds.count(PieceKind.TASK) == 9
    here = behaviour(place)
    assert here["alerts"]
    assert behaviour(elsewhere) == here
    # the library of the other installation shows it, and so does the catalogue
    actions.list_in_catalogue()
    assert package.title in text_of(elsewhere.client.get(f"/{elsewhere.tenant.slug}/pakete/"))
    entry = text_of(elsewhere.client.get(f"/loesungen/{package.solution}/"))
    assert "Paket aus dem Betrieb einer Kommune" in entry


def test_without_an_evaluation_it_is_said_what_to_do_first(place):
    assert "Legen Sie zuerst unter Bewertung" in text_of(place.client.get(PAGE))


def zipped(**files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [b"kein zip", zipped(**{"a/package.yml": "x", "b/y.yml": ""}), zipped(**{"a/../x.yml": ""})],
)
def test_a_strange_zip_is_refused(data):
    with pytest.raises(PackageRefusedError):
        actions.add_package(data, actor=SYSTEM)
