"""Every code of a finding has a sentence and an advice (CAT-703)."""

import re
from pathlib import Path

import pytest
from django.utils import translation

from mehrwert.standards.publiccode import rules, wording
from mehrwert.standards.publiccode.rules import Finding

from .factories import changed, minimal, written
from .test_rules import BAD_ENTRIES, BAD_VALUES, WRONG_TYPES, check_bytes

ROOM = Path(rules.__file__).parent.parent
CODE = re.compile(
    r"(?:report|warn|_finding|UnreadableError|Finding|_when_not)\(\s*(?:[\w.]+, )?\"(\w+)\""
    r"|return \(\"(\w+)\"|else \(\"(\w+)\""
)


def codes_in_source() -> set[str]:
    files = [*ROOM.glob("*.py"), *(ROOM / "rules").glob("*.py")]
    found = {c for f in files for m in CODE.findall(f.read_text(encoding="utf-8")) for c in m if c}
    return found - {"wrong_type"}


def test_every_code_in_the_source_has_words():
    assert len(codes_in_source()) > 25
    assert codes_in_source() <= set(wording.WORDS)


@pytest.mark.parametrize("language", ["de", "en"])
def test_words_fill_their_placeholders(language):
    bad = [(k, v) for k, v, *_ in [*BAD_VALUES, *BAD_ENTRIES, *WRONG_TYPES]]
    files = [changed(k, v) for k, v in bad]
    files += [written(minimal() | {"publiccodeYmlVersion": v}) for v in ("0.1", "0.2", 1)]
    with translation.override(language):
        told = [wording.tell(f) for data in files for f in check_bytes(data).outcome.findings]
    assert len(told) >= len(files)
    assert all("%(" not in t.sentence + t.advice and t.advice for t in told)


def test_a_key_in_another_case_is_proposed():
    (finding,) = check_bytes(changed("intendedaudience", {})).outcome.findings
    assert "intendedAudience" in wording.tell(finding).advice


def test_a_section_of_another_country_is_explained():
    (finding,) = check_bytes(changed("nl", {"x": 1})).outcome.findings
    assert "Landesabschnitt" in wording.tell(finding).sentence


def test_a_mail_address_is_not_repeated():
    finding = Finding("mail", "maintenance.contacts[0].email", values={"value": "a@b"})
    told = wording.tell(finding)
    assert "a@b" not in told.sentence + told.advice
