"""Pictures that a file names are looked at where its repository lies beside it."""

import struct

import pytest

from mehrwert.standards.publiccode.choices import Severity
from mehrwert.standards.publiccode.queries import check_bytes

from .factories import changed, minimal, written

PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR"


def codes(data, folder):
    return [(f.key, f.code, f.severity) for f in check_bytes(data, folder=folder).outcome.findings]


def test_a_logo_that_is_there_is_good(tmp_path):
    (tmp_path / "logo.png").write_bytes(PNG + struct.pack(">II", 400, 100))
    (tmp_path / "logo.svg").write_text("<svg/>")
    assert codes(changed("logo", "logo.png"), tmp_path) == []
    assert codes(changed("logo", "logo.svg"), tmp_path) == []


@pytest.mark.parametrize(
    ("content", "code"), [(PNG + struct.pack(">II", 119, 9), "narrow_logo"), (b"GIF", "not_png")]
)
def test_a_png_logo_is_a_png_of_some_width(tmp_path, content, code):
    (tmp_path / "logo.png").write_bytes(content)
    assert codes(changed("logo", "logo.png"), tmp_path) == [("logo", code, Severity.ERROR)]


@pytest.mark.parametrize("key", ["logo", "legal.authorsFile"])
def test_a_missing_file_is_an_error_where_its_folder_is_there(tmp_path, key):
    found = codes(changed(key, "no_such_file.png"), tmp_path)
    assert (key, "missing_file", Severity.ERROR) in found


def test_a_missing_screenshot_is_named_by_its_place(tmp_path):
    found = codes(changed("description.de.screenshots", ["a.png"]), tmp_path)
    assert found == [("description.de.screenshots[0]", "missing_file", Severity.ERROR)]


def test_a_file_without_its_repository_gets_a_note(tmp_path):
    data = changed("logo", "img/logo.svg")
    assert codes(data, tmp_path) == [("logo", "file_unchecked", Severity.NOTE)]
    (tmp_path / ".git").mkdir()
    assert codes(data, tmp_path) == [("logo", "missing_file", Severity.ERROR)]


def test_nothing_outside_the_folder_is_touched(tmp_path):
    (tmp_path / "secret.svg").write_text("x")
    inner = tmp_path / "repo"
    inner.mkdir()
    assert codes(changed("logo", "../secret.svg"), inner) == [("logo", "outside", Severity.ERROR)]


def test_addresses_are_not_fetched(tmp_path):
    data = changed("logo", "https://example.org/logo.svg")
    assert codes(data, tmp_path) == []
    assert codes(written(minimal()), tmp_path) == []
