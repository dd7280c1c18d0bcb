"""The same verdicts as the reference parser on its own test files (CAT-701).

The files are not ours and not committed. ``MEHRWERT_PUBLICCODE_REFERENCE`` names a checkout of
``italia/publiccode-parser-go``; what it expects is read from its ``v0_test.go``.
"""

import os
import re
from pathlib import Path

import pytest

from mehrwert.standards.publiccode.choices import Severity
from mehrwert.standards.publiccode.queries import Verdict, check_bytes, read_italian_codes

ROOT = Path(os.environ.get("MEHRWERT_PUBLICCODE_REFERENCE", "/nonexistent"))
FILES = ROOT / "testdata"
pytestmark = pytest.mark.skipif(
    not FILES.is_dir(), reason="MEHRWERT_PUBLICCODE_REFERENCE names no checkout of the parser"
)
# an address that does not answer: only the network shows it
NEEDS_NETWORK = {"logo_missing_url.yml"}
# what the parser finds out by asking the network
REACHED = re.compile(r"not reachable|code repository|HTTP GET")
CASE = re.compile(r'"([\w.-]+\.yml)":\s*ValidationResults')
EXPECTED = re.compile(r'ValidationError\{\s*"([^"]*)",\s*(.*?),\s*(\d+),\s*\d+,?\s*\}', re.DOTALL)


def verdict(path: Path) -> Verdict:
    codes = ROOT / "data" / "it" / "ipa_codes.txt"
    return check_bytes(
        path.read_bytes(), folder=path.parent, italian_codes=read_italian_codes(codes)
    )


def expectations() -> dict[str, list[tuple[str, int]]]:
    """Return (key, line) of every expected error by name of the file."""
    _, *rest = CASE.split((ROOT / "v0_test.go").read_text(encoding="utf-8"))
    found: dict[str, list[tuple[str, int]]] = {}
    for name, body in zip(rest[::2], rest[1::2], strict=True):
        cases = [e for e in EXPECTED.findall(body) if not REACHED.search(e[1])]
        found.setdefault(name, []).extend((key, int(line)) for key, _, line in cases)
    return found


def test_valid_files_are_valid():
    files = [p for d in ("valid", "valid_with_warnings") for p in (FILES / "v0" / d).rglob("*.yml")]
    assert len(files) >= 40
    assert [p.name for p in files if not verdict(p).is_valid] == []


def test_invalid_files_are_invalid():
    files = [p for p in (FILES / "v0" / "invalid").rglob("*.yml") if p.name not in NEEDS_NETWORK]
    assert len(files) >= 120
    assert [p.name for p in files if verdict(p).is_valid] == []


def test_expected_errors_are_found_by_key_and_by_line():
    expected = expectations()
    keys = lines = total = 0
    for path in (FILES / "v0" / "invalid").rglob("*.yml"):
        findings = verdict(path).outcome.of(Severity.ERROR)
        for key, line in expected.get(path.name, []):
            total += 1
            keys += any(f.key == key for f in findings)
            lines += any(f.key == key and f.line == line for f in findings)
    assert total >= 120
    assert keys / total >= 0.98
    assert lines / total >= 0.95


def test_files_of_version_1_are_one_error():
    for path in (FILES / "v1").rglob("*.yml"):
        assert not verdict(path).is_valid
