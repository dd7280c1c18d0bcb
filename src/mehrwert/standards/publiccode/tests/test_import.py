"""A file is taken in: the original restricted, the copy public when valid (CAT-704, CAT-706)."""

import io

import pytest
from django.core.management import CommandError, call_command

from mehrwert.base.actor import SYSTEM
from mehrwert.base.models import AuditRow
from mehrwert.standards.publiccode.actions import Origin, import_file, same_repository
from mehrwert.standards.publiccode.errors import ForkError, UnreadableError
from mehrwert.standards.publiccode.models import PubliccodeFile
from mehrwert.standards.publiccode.queries import read_metadata

from .factories import changed, full, written
from .test_export import make_solution

pytestmark = pytest.mark.django_db


def test_a_valid_file_is_shown_without_persons():
    solution = make_solution(features=[])
    done = import_file(solution, written(full()), Origin("https://x.example"), actor=SYSTEM)
    (metadata,) = read_metadata()
    assert done.is_public
    assert metadata.text == PubliccodeFile.objects.get().public
    assert "bauhof@example.org" in PubliccodeFile.objects.get().original
    assert "bauhof@" not in metadata.text
    assert AuditRow.objects.filter(verb="import", object_id="bachwarner").exists()


def test_a_file_with_gaps_is_kept_and_not_shown():
    solution = make_solution(features=[])
    done = import_file(solution, changed("legal", ...), Origin(), actor=SYSTEM)
    assert not done.is_public
    assert read_metadata() == []
    assert PubliccodeFile.objects.get().report["missing"] == ["legal.license"]


def test_without_a_file_the_profile_speaks():
    make_solution()
    (metadata,) = read_metadata()
    assert metadata.url == "https://git.example.org/auental/bachwarner"
    assert "Bauhof Auental" in metadata.text


def test_a_second_import_replaces_the_first():
    solution = make_solution()
    for name in ("Erste", "Zweite"):
        import_file(solution, changed("name", name), Origin(), actor=SYSTEM)
    assert "Zweite" in PubliccodeFile.objects.get().public


def test_a_technical_fork_is_refused_and_a_variant_is_taken():
    """CAT-706."""
    solution = make_solution()
    fork = Origin(repository="https://git.example.org/other/bachwarner")
    with pytest.raises(ForkError):
        import_file(solution, written(full()), fork, actor=SYSTEM)
    own = Origin(repository="https://git.example.org/auental/bachwarner.git")
    done = import_file(solution, written(full()), own, actor=SYSTEM)
    assert done.proposal["based_on"] == full()["isBasedOn"]


def test_repositories_are_the_same_with_or_without_git():
    assert same_repository("https://a.example/x.git/", "http://A.example/x")
    assert not same_repository("https://a.example/x", "https://a.example/y")


def test_an_unreadable_file_gives_no_entry():
    with pytest.raises(UnreadableError):
        import_file(make_solution(), b"a: [", Origin(), actor=SYSTEM)
    assert not PubliccodeFile.objects.exists()


def test_the_command_reports_every_repair_and_what_was_parked(tmp_path):
    make_solution(features=[])
    file = tmp_path / "publiccode.yml"
    data = full() | {"publiccodeYmlVersion": 0.4, "downloadUrls": ["x"], "platforms": "web"}
    file.write_bytes(written(data))
    out = io.StringIO()
    call_command("publiccode", "import", str(file), "--solution", "bachwarner", stdout=out)
    text = out.getvalue()
    assert "Berichtigt, Zeile 1 publiccodeYmlVersion: 0.4" in text
    assert "platforms: web → […]" in text
    assert "downloadUrls" in text
    assert "wird gezeigt" in text
    assert "bauhof@" not in text
    with pytest.raises(CommandError):
        call_command("publiccode", "import", str(file), "--solution", "none")
