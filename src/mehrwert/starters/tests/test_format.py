"""The package format (TRF-203, TRF-204, manifest 3.1): what holds, and what is refused."""

import json

import pytest
from jsonschema import Draft202012Validator

from mehrwert.starters.errors import PackageRefusedError
from mehrwert.starters.format import package_checksum, read_package, read_schema
from mehrwert.starters.format.signing import sign, write_key
from mehrwert.starters.library import FOLDER, bundled, check_folder, load, signer

from .factories import copy_of, replace, sealed

SLUGS = sorted(path.name for path in FOLDER.iterdir() if path.is_dir())


@pytest.mark.parametrize("slug", SLUGS)
def test_every_bundled_package_is_valid(slug):
    assert [finding.text() for finding in check_folder(FOLDER / slug)] == []


def test_every_bundled_package_has_a_test_date_demo_data_and_a_plan():
    """TRF-209, TRF-904."""
    for package in bundled():
        assert package.manifest["tested_on"][-1]["result"] == "passed"
        assert package.demo
        assert package.items["evaluation_plan"]


def test_the_published_schema_is_a_schema():
    Draft202012Validator.check_schema(read_schema())
    assert json.dumps(read_schema())


def in_manifest(old, new):
    return lambda folder: replace(folder / "package.yml", old, new)


def in_things(old, new):
    return lambda folder: replace(folder / "things.yml", old, new)


def add(name, text="x"):
    return lambda folder: (folder / name).write_text(text, encoding="utf-8")


def link(folder):
    (folder / "plan.yml").unlink()
    (folder / "plan.yml").symlink_to("/etc/hostname")


SIGNED = f"signature: ed25519:{'0' * 128}"
HOSTILE = {
    "changed file": (in_things("Bauhof, B", "Bauhof. B"), "digest"),
    "changed manifest": (in_manifest("maximum: 336", "maximum: 999"), "checksum"),
    "undeclared file": (add("more.yml"), "undeclared"),
    "program": (add("install.sh", "#!/bin/sh"), "undeclared"),
    "missing file": (lambda folder: (folder / "plan.yml").unlink(), "missing_file"),
    "link": (link, "outside"),
    "path outside": (in_manifest("path: plan.yml", "path: ../../plan.yml"), "outside"),
    "absolute path": (in_manifest("path: plan.yml", "path: /etc/hostname"), "outside"),
    "no licence": (in_manifest("licence:\n  data: CC0-1.0\n  texts: CC-BY-4.0\n", ""), "required"),
    "unknown licence": (in_manifest("CC0-1.0", "Frei-nach-Absprache"), "pattern"),
    "newer version": (in_manifest(">=0.1", ">=99.0"), "version"),
    "unknown kind": (in_manifest("kind: checklist", "kind: program"), "enum"),
    "too big": (add("things.yml", "#" * 1_000_001), "too_big"),
    "unknown field": (in_manifest("removal:", "run: rm\nremoval:"), "additionalProperties"),
    "aliases": (in_manifest("publisher: Me", "p: &a x\nq: *a\npublisher: Me"), "unreadable"),
    "unsigned claim": (in_manifest("removal:", f"{SIGNED}\nremoval:"), "signature"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_package_is_refused_with_its_reason(name, tmp_path):
    """TRF-204."""
    spoil, rule = HOSTILE[name]
    folder = copy_of(tmp_path)
    spoil(folder)
    expected = rule if name != "unknown licence" else "checksum"
    rules = {finding.rule for finding in check_folder(folder)}
    assert expected in rules or rule in rules
    with pytest.raises(PackageRefusedError):
        load(folder)


BROKEN = {
    "series": (in_things("[giesswasser]", "[wasser]"), "unknown_key"),
    "array": (in_things("each: places", "each: mail"), "parameter"),
    "twice": (in_things("key: bauhof", "key: baum"), "twice"),
    "device": (in_things("decentlab-dl-smtp", "gibt-es-nicht"), "device"),
    "unit": (
        lambda folder: replace(folder / "series.yml", "unit_symbol: °C", "unit_symbol: K"),
        "unit",
    ),
    "licence": (in_manifest("CC0-1.0", "Frei-1.0"), "licence"),
    "field": (in_manifest("field: Klimaanpassung", "field: Klima"), "field"),
    "default": (in_manifest("default: 0.2", "default: 7"), "default"),
    "threshold": (
        lambda folder: replace(folder / "alert_rules.yml", "moisture_limit", "grenze"),
        "parameter",
    ),
    "demo": (lambda folder: replace(folder / "demo.csv", ";giesswasser;", ";wasser;"), "row"),
    "folder": (in_manifest("slug: durstige-baeume", "slug: andere"), "folder"),
    "indicator": (
        lambda folder: replace(folder / "plan.yml", "giesswasser@1", "wasser@1"),
        "unknown_key",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_the_schema_cannot_say_is_found_and_named(name, tmp_path):
    """TRF-203: one broken field, refused with the field named."""
    spoil, rule = BROKEN[name]
    folder = copy_of(tmp_path)
    spoil(folder)
    findings = check_folder(sealed(folder))
    assert rule in {finding.rule for finding in findings}
    assert all(finding.where and finding.text() for finding in findings)


def test_the_checksum_depends_on_files_and_manifest_not_on_test_dates(tmp_path):
    folder = copy_of(tmp_path)
    before = read_package(folder).manifest
    assert package_checksum({**before, "tested_on": []}) == before["checksum"]
    assert package_checksum({**before, "title": "Anders"}) != before["checksum"]


@pytest.fixture
def trust(monkeypatch, settings):
    """Set an option of the list of trust."""
    return lambda name, value: monkeypatch.setitem(vars(settings.MEHRWERT), name, value)


def test_a_signature_counts_only_from_a_key_this_installation_trusts(tmp_path, trust):
    """TRF-204: signed packages, a list of trust per installation."""
    folder, key = copy_of(tmp_path), tmp_path / "key.pem"
    public = write_key(key)
    assert key.stat().st_mode & 0o077 == 0
    with pytest.raises(PackageRefusedError):
        write_key(key)
    assert sign(folder, key) == sign(folder, key) == public
    assert {finding.rule for finding in check_folder(folder)} == {"signature"}
    trust("package_keys", (f"Landkreis={public}",))
    assert signer(load(folder)) == "Landkreis"
    replace(folder / "plan.yml", "Bauhof und Haushalt", "Bauhof, Haushalt, ich")
    assert "digest" in {finding.rule for finding in check_folder(folder)}
    assert {finding.rule for finding in check_folder(sealed(folder))} == {"signature"}


def test_an_installation_may_ask_for_signatures(tmp_path, trust):
    trust("package_signature_required", True)
    assert {finding.rule for finding in check_folder(copy_of(tmp_path))} == {"unsigned"}
    assert bundled()
