"""``mehrwert package`` and ``mehrwert start`` (TRF-201): from nothing, without a network."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from mehrwert.alerts.models import Alert
from mehrwert.base.tenant import tenant_scope
from mehrwert.municipalities.models import Tenant
from mehrwert.starters.format import check_package
from mehrwert.starters.library import FOLDER
from mehrwert.starters.management.commands import start
from mehrwert.starters.models import Installation

from .factories import SLUG, copy_of, replace

SLUGS = sorted(path.name for path in FOLDER.iterdir() if path.is_dir())
stored = pytest.mark.django_db(transaction=True, databases=["default", "observations"])


def run(*words):
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


def test_a_new_package_passes_its_check_and_its_trial_from_the_first_day(tmp_path):
    said = run("package", "new", "hundekot-tueten", "--titel", "Tüten", "--ort", str(tmp_path))
    folder = tmp_path / "hundekot-tueten"
    assert str(folder) in said
    assert check_package(folder) == []
    assert "in Ordnung" in run("package", "check", str(folder / "package.yml"))
    assert "36 Monate" in run("package", "test", str(folder))
    with pytest.raises(CommandError, match="gibt es schon"):
        run("package", "new", "hundekot-tueten", "--ort", str(tmp_path))
    with pytest.raises(CommandError, match="kein Name"):
        run("package", "new", "Hund & Co", "--ort", str(tmp_path))


def test_the_commands_say_what_is_wrong(tmp_path):
    folder = copy_of(tmp_path)
    replace(folder / "demo.csv", "h;1;baum;bodenfeuchte;", "h;1;baum;bodentemperatur;")
    with pytest.raises(CommandError, match="1 Mängel"):
        run("package", "check", str(folder))
    assert "Prüfsumme" in run("package", "seal", str(folder))
    lines = (folder / "demo.csv").read_text().splitlines()
    few = [line for line in lines if not line.startswith(("1M", "2M"))]
    (folder / "demo.csv").write_text("\n".join(few) + "\n")
    run("package", "seal", str(folder))
    with pytest.raises(CommandError, match="der Plan braucht 36"):
        run("package", "test", str(folder))


@stored
@pytest.mark.parametrize("slug", SLUGS)
def test_one_command_brings_a_package_up_from_nothing(
    slug, observation_store, monkeypatch, outgoing
):
    """TRF-201: every bundled package, with no network."""
    monkeypatch.setattr(start, "call_command", lambda *words, **more: None)
    said = run("start", slug)
    town = Tenant.objects.get()
    assert town.is_demo
    assert "läuft in Probestadt" in said
    with tenant_scope(town.pk):
        assert Installation.objects.get().state == "live"
        assert Alert.objects.filter(ended_us=None).exists()
    assert outgoing == []


@stored
def test_what_cannot_be_started_is_said(observation_store, monkeypatch):
    monkeypatch.setattr(start, "call_command", lambda *words, **more: None)
    run("start", SLUG)
    with pytest.raises(CommandError, match="schon eingerichtet"):
        run("start", SLUG, "--kommune", "probestadt")
    with pytest.raises(CommandError, match="Es gibt: container-fuellstand"):
        run("start", "gibt-es-nicht")
    with pytest.raises(CommandError, match="In welcher Kommune"):
        run("start", SLUG, "--kommune", "anderswo")
