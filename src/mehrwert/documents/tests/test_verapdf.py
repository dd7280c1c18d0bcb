"""veraPDF as judge of PDF/A-3a and PDF/UA-1; needs ``MEHRWERT_VERAPDF``, the path to its jars."""

import os
import shutil
import subprocess

import pytest

from mehrwert.documents.pdf import pdf
from mehrwert.documents.sheets import SHEET

from .samples import sample

JARS = os.environ.get("MEHRWERT_VERAPDF", "")
MAIN = "org.verapdf.apps.GreenfieldCliWrapper"


@pytest.mark.slow
@pytest.mark.skipif(not (JARS and shutil.which("java")), reason="MEHRWERT_VERAPDF is not set")
@pytest.mark.parametrize("profile", ["3a", "ua1"])
def test_verapdf_finds_nothing(tmp_path, profile):
    """DOC-86; a paper with every kind of block, upright and as a sheet."""
    files = [tmp_path / "letter.pdf", tmp_path / "sheet.pdf"]
    files[0].write_bytes(pdf(sample(contents=True)))
    files[1].write_bytes(pdf(sample(), paper=SHEET))
    said = subprocess.run(
        ["java", "-cp", JARS, MAIN, "-f", profile, "--format", "text", "-v", *files],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    ).stdout
    assert [line.split()[0] for line in said.splitlines()] == ["PASS", "PASS"], said
