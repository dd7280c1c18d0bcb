"""``mehrwert publiccode check``: output and exit status."""

import io
import json
import sys
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command

from .factories import changed, minimal, written


def run(*args):
    out = io.StringIO()
    try:
        call_command("publiccode", "check", *map(str, args), stdout=out)
    except SystemExit as stop:
        return stop.code, out.getvalue()
    return 0, out.getvalue()


def test_a_valid_file(tmp_path):
    file = tmp_path / "publiccode.yml"
    file.write_bytes(written(minimal()))
    assert run(file) == (0, "Gültig.\n")
    code, text = run(file, "--json")
    assert code == 0
    assert json.loads(text) == {
        "valid": True,
        "readable": True,
        "errors": [],
        "warnings": [],
        "notes": [],
    }


def test_an_invalid_file_says_key_line_and_repair(tmp_path):
    file = tmp_path / "publiccode.yml"
    file.write_bytes(changed("legal.license", "EUPL"))
    code, text = run(file, "--json")
    (error,) = json.loads(text)["errors"]
    assert code == 1
    assert (error["key"], error["column"], error["code"]) == ("legal.license", 3, "licence")
    assert file.read_text().splitlines()[error["line"] - 1] == "  license: EUPL"
    assert "SPDX" in error["message_de"]
    assert "EUPL-1.2" in error["hint_de"]
    assert error["message"].endswith("is not a licence of SPDX.")
    code, text = run(file)
    assert code == 1
    assert "Fehler, Zeile" in text
    assert "Ungültig: 1 Fehler." in text


def test_an_unreadable_file(tmp_path):
    file = tmp_path / "publiccode.yml"
    file.write_bytes(b"a: 1\n b: 2\n")
    code, text = run(file, "--json")
    assert code == 2
    assert json.loads(text)["errors"][0]["line"] == 2
    with pytest.raises(CommandError) as caught:
        run(tmp_path / "none.yml")
    assert caught.value.returncode == 2


def test_the_standard_input(monkeypatch):
    stdin = SimpleNamespace(buffer=io.BytesIO(changed("logo", "img/logo.svg")))
    monkeypatch.setattr(sys, "stdin", stdin)
    assert run("-") == (0, "Gültig.\n")


def test_a_list_of_italian_codes(tmp_path):
    file, codes = tmp_path / "publiccode.yml", tmp_path / "codes.txt"
    file.write_bytes(changed("organisation.uri", "urn:x-italian-pa:no_such"))
    codes.write_text("pcm\nC_H501\n")
    assert run(file)[0] == 0
    assert run(file, "--ipa-codes", codes)[0] == 1
    with pytest.raises(CommandError):
        run(file, "--ipa-codes", tmp_path / "none.txt")
