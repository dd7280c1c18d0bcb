"""Own style sheets and scripts are sent compressed."""

import gzip
import os

import brotli
import pytest
from django.core.management import call_command

from mehrwert.base import static_files


@pytest.fixture
def sheet(tmp_path, monkeypatch):
    path = tmp_path / "eigene.css"
    path.write_text("body{color:#0f2137}" * 60)
    monkeypatch.setattr(static_files, "_own_texts", lambda: [path])
    return path


def test_copies_are_written_once_and_again_after_a_change(sheet):
    assert static_files.compress_stale() == 1
    assert static_files.compress_stale() == 0
    sheet.write_text("body{color:#fff}" * 60)
    os.utime(sheet, ns=(2**62, 2**62))
    assert static_files.compress_stale() == 1
    for suffix, decompress in ((".br", brotli.decompress), (".gz", gzip.decompress)):
        assert decompress(sheet.with_name(sheet.name + suffix).read_bytes()) == sheet.read_bytes()


def test_what_is_too_small_to_gain_is_left_alone(sheet):
    sheet.write_text("body{}")
    assert static_files.compress_stale() == 0


def test_the_page_shell_is_among_them():
    names = {path.name for path in static_files._own_texts()}
    assert "mw.css" in names
    assert not any("kern" in name for name in names)


def test_set_up_compresses_by_a_command(sheet, capsys):
    call_command("compress_static")
    assert capsys.readouterr().out == "1 Dateien gepackt.\n"
    assert sheet.with_name("eigene.css.br").exists()
