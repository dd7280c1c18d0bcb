"""Real files from public repositories: no crash, and a verdict for each (CAT-702).

They are not committed, because the licence of some is unknown.
"""

import os
from pathlib import Path

import pytest

from mehrwert.standards.publiccode.queries import check_bytes
from mehrwert.standards.publiccode.wording import tell

FOLDER = Path(os.environ.get("MEHRWERT_PUBLICCODE_FILES", "/nonexistent"))
pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="MEHRWERT_PUBLICCODE_FILES names no folder of files"
)


def test_every_file_gets_a_verdict_and_one_is_refused():
    verdicts = {p.name: check_bytes(p.read_bytes()) for p in sorted(FOLDER.glob("*.yml"))}
    assert len(verdicts) == 45
    assert sum(not v.is_readable for v in verdicts.values()) == 1
    assert all(tell(f).sentence for v in verdicts.values() for f in v.outcome.findings)
