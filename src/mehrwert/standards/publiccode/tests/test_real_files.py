"""Real files from public repositories: no crash, and a verdict for each (CAT-702).

They are not committed, because the licence of some is unknown.
"""

import os
from pathlib import Path

import pytest

from mehrwert.standards.publiccode.errors import UnreadableError
from mehrwert.standards.publiccode.plain import to_plain
from mehrwert.standards.publiccode.queries import check_bytes
from mehrwert.standards.publiccode.reading import read_document
from mehrwert.standards.publiccode.redaction import public_text
from mehrwert.standards.publiccode.rules import read_leniently
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


def test_every_readable_file_gives_an_entry_without_persons():
    """CAT-702, CAT-704: what is complete is valid; no name, mail or number of a contact is left."""
    refused = 0
    for path in sorted(FOLDER.glob("*.yml")):
        try:
            document = read_document(path.read_bytes())
        except UnreadableError:
            refused += 1
            continue
        reading = read_leniently(document)
        text = public_text(reading.data)
        assert check_bytes(text.encode()).is_valid == reading.is_complete, path.name
        for secret in personal(to_plain(document.root)):
            assert secret not in text, path.name
    assert refused == 1


def personal(data: dict) -> list[str]:
    """Return what the contacts of a file say about persons."""
    contacts = (data.get("maintenance") or {}).get("contacts") or []
    owners = {data.get("name"), (data.get("legal") or {}).get("mainCopyrightOwner")}
    named = [c.get(k) for c in contacts if isinstance(c, dict) for k in ("name", "email", "phone")]
    return [n for n in named if n and n not in owners and len(n) > 4]
