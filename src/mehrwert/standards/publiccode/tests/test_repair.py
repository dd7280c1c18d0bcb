"""The lenient reading: each repair reported, the rest parked, nothing invented (CAT-702)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mehrwert.standards.publiccode.queries import check_bytes
from mehrwert.standards.publiccode.reading import read_document
from mehrwert.standards.publiccode.redaction import public_text
from mehrwert.standards.publiccode.rules import read_leniently

from .factories import changed, full, minimal, written


def read(data: bytes):
    return read_leniently(read_document(data))


def parked(reading) -> list[tuple[str, str]]:
    return [(p.reason, p.key) for p in reading.parked]


@pytest.mark.parametrize("data", [minimal(), full()], ids=["minimal", "full"])
def test_a_right_file_is_read_as_it_is(data):
    reading = read(written(data))
    data.pop("IT", None)
    assert reading.data == data
    assert (reading.repairs, reading.missing) == ([], [])


@pytest.mark.parametrize(
    ("version", "codes"),
    [
        (0.4, ["version_number"]),
        ("0.1", ["version_unknown"]),
        ("2.4.0", ["version_unknown"]),
        (1, ["version_number", "version_unknown"]),
        ("0.2", []),
    ],
)
def test_every_version_is_read_as_the_newest(version, codes):
    reading = read(changed("publiccodeYmlVersion", version))
    assert [r.code for r in reading.repairs] == codes
    assert reading.data["publiccodeYmlVersion"] == "0"
    assert reading.is_complete


def test_a_scalar_becomes_a_list_of_one():
    reading = read(changed("platforms", "web"))
    assert reading.data["platforms"] == ["web"]
    assert [(r.code, r.key, r.before) for r in reading.repairs] == [
        ("scalar_to_list", "platforms", "web")
    ]


def test_country_codes_become_upper_case():
    reading = read(changed("intendedAudience.countries", ["de", "AT", "xx"]))
    assert reading.data["intendedAudience"]["countries"] == ["DE", "AT"]
    assert [r.after for r in reading.repairs] == ["DE"]
    assert parked(reading) == [("invalid", "intendedAudience.countries[2]")]


@pytest.mark.parametrize(
    ("key", "value", "reason"),
    [
        ("intendedaudience", {"countries": ["DE"]}, "unknown_key"),
        ("downloadUrls", ["x"], "unknown_key"),
        ("nl", {"a": 1}, "country"),
        ("it", {"conforme": {"gdpr": True}}, "country"),
        ("inputTypes", ["text/plain"], "legacy"),
        ("releaseDate", "31.12.2025", "invalid"),
        ("landingURL", "example.org", "invalid"),
        ("legal.repoOwner", "Auental", "legacy"),
    ],
)
def test_what_cannot_be_used_is_parked_as_it_is_written(key, value, reason):
    reading = read(changed(key, value))
    assert parked(reading) == [(reason, key)]
    assert reading.data == {**minimal(), "publiccodeYmlVersion": "0"}


def test_another_case_of_a_known_key_is_proposed_and_not_taken():
    (entry,) = read(changed("intendedaudience", {"countries": ["DE"]})).parked
    assert entry.meant == "intendedAudience"
    assert entry.text == "countries:\n  - DE"


@pytest.mark.parametrize(
    ("key", "missing"),
    [
        ("name", ["name"]),
        ("platforms", ["platforms"]),
        ("legal", ["legal.license"]),
        ("maintenance", ["maintenance.type"]),
        ("maintenance.contacts", ["maintenance.contacts"]),
        ("description", ["description"]),
        ("description.de.features", ["description.de.features"]),
        ("localisation", ["localisation.localisationReady", "localisation.availableLanguages"]),
    ],
)
def test_missing_mandatory_keys_are_named(key, missing):
    assert read(changed(key, ...)).missing == missing


def test_contractors_without_a_contract_are_parked():
    value = {"type": "none", "contractors": [{"name": "Firma", "until": "2027-01-01"}]}
    reading = read(changed("maintenance", value))
    assert parked(reading) == [("invalid", "maintenance.contractors")]
    assert reading.is_complete


@settings(max_examples=80, deadline=None)
@given(
    key=st.sampled_from([*sorted(full()), "maintenance.contacts", "legal.license", "x"]),
    value=st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
        max_leaves=6,
    ),
)
def test_what_is_complete_is_valid(key, value):
    """A lenient reading without a missing key passes the strict check."""
    reading = read(changed(key, value, full()))
    verdict = check_bytes(public_text(reading.data).encode())
    assert verdict.is_valid == reading.is_complete
