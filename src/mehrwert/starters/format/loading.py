"""Reads a package from a folder and refuses what is not one. Nothing in it is ever run."""

import csv
import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any

import yaml

from mehrwert import __version__
from mehrwert.starters.choices import ContentKind
from mehrwert.starters.errors import PackageRefusedError
from mehrwert.starters.format.checking import check_references
from mehrwert.starters.format.checksum import content_digest, package_checksum
from mehrwert.starters.format.model import DemoRow, Package, version_key
from mehrwert.starters.format.schema import Finding, found, validate

MANIFEST = "package.yml"
MOST_BYTES = 1_000_000
MOST_FILES = 41
MOST_DEMO_ROWS = 20_000
DEMO_COLUMNS = ["age", "place", "thing", "series", "value"]
AGE = re.compile(r"([0-9]{1,6}(?:\.[0-9]{1,2})?)h|([0-9]{1,3})M")
SAFE = re.compile(r"[a-z0-9][a-z0-9_.-]{0,60}")


class _PlainLoader(yaml.SafeLoader):
    """YAML without aliases (a few lines could grow to gigabytes) and without dates."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.events.AliasEvent):
            raise yaml.YAMLError("Verweise (*name) sind in Paketen nicht erlaubt")
        return super().compose_node(parent, index)


_PlainLoader.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in rows if tag != "tag:yaml.org,2002:timestamp"]
    for letter, rows in yaml.SafeLoader.yaml_implicit_resolvers.items()
}

Validate = Callable[..., list[Finding]]


class _StopError(Exception):
    """Reading cannot go on; holds what was found."""

    def __init__(self, *findings: Finding) -> None:
        self.findings = list(findings)
        super().__init__()


def read_package(folder: Path, *, is_shipped: bool = False) -> Package:
    """Return the package in a folder.

    Args:
        folder: Its place.
        is_shipped: It is a part of the program: its checksums are looked at, all else is not
            checked again, which would load libraries of 30 MB at every start. A test checks it.

    Raises:
        PackageRefusedError: It breaks the format; the first reasons are named.
    """
    package, findings = _read(folder, is_shipped=is_shipped)
    if package is None or findings:
        reasons = " ".join(finding.text() for finding in findings[:5])
        raise PackageRefusedError(reasons=reasons)
    return package


def check_package(folder: Path) -> list[Finding]:
    """Return what breaks the format; nothing means valid."""
    return _read(folder)[1]


def parse_yaml(data: bytes) -> Any:
    """Return the content of a file of a package.

    Raises:
        ValueError: It is no UTF-8 or no plain YAML.
    """
    try:
        return yaml.load(data.decode("utf-8"), Loader=_PlainLoader)  # noqa: S506 - a safe loader
    except (UnicodeDecodeError, yaml.YAMLError, RecursionError) as error:
        raise ValueError(str(error).partition("\n")[0][:120]) from error


def _trust(document: Any, where: str, part: str = "") -> list[Finding]:
    """Find nothing wrong with the shape of a file."""
    return []


def _read(folder: Path, *, is_shipped: bool = False) -> tuple[Package | None, list[Finding]]:
    validate_shape = _trust if is_shipped else validate
    try:
        manifest = _manifest(folder, validate_shape)
        findings = [*_about_manifest(manifest, folder), *_strangers(folder, manifest)]
        files = dict(_files(folder, manifest, findings))
        items, demo = _contents(manifest, files, findings, validate_shape)
    except _StopError as stop:
        return None, stop.findings
    if findings:
        return None, findings
    package = Package(manifest, items, demo)
    return package, [] if is_shipped else check_references(package)


def _manifest(folder: Path, validate_shape: Validate) -> dict[str, Any]:
    path = folder / MANIFEST
    if not path.is_file():
        raise _StopError(found(MANIFEST, "missing_file"))
    try:
        manifest = parse_yaml(_bytes(path))
    except ValueError as error:
        raise _StopError(found(MANIFEST, "unreadable", error)) from error
    findings = validate_shape(manifest, MANIFEST)
    if findings:
        raise _StopError(*findings)
    return dict(manifest)


def _bytes(path: Path) -> bytes:
    if path.stat().st_size > MOST_BYTES:
        raise _StopError(found(path.name, "too_big", "", MOST_BYTES))
    return path.read_bytes()


def _about_manifest(manifest: dict[str, Any], folder: Path) -> Iterator[Finding]:
    if folder.resolve().name != manifest["slug"]:
        yield found(MANIFEST, "folder", "", manifest["slug"])
    wanted = manifest["requires"]["mehrwert"].removeprefix(">=")
    if version_key(__version__) < version_key(wanted):
        yield found(f"{MANIFEST}/requires/mehrwert", "version", "", f">={wanted}")
    seen: set[str] = set()
    for row in manifest["contents"]:
        if row["path"] in seen:
            yield found(f"{MANIFEST}/contents", "twice", row["path"])
        seen.add(row["path"])
    if package_checksum(manifest) != manifest["checksum"]:
        yield found(f"{MANIFEST}/checksum", "checksum")


def _strangers(folder: Path, manifest: dict[str, Any]) -> Iterator[Finding]:
    """Yield files that the manifest does not name, and links, which are never followed."""
    declared = {MANIFEST, *(row["path"] for row in manifest["contents"])}
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))
    if len(names) > MOST_FILES:
        raise _StopError(found(MANIFEST, "too_many_files", "", MOST_FILES))
    for name in names:
        path = folder / name
        if path.is_symlink():
            yield found(name, "outside", name)
        elif not path.is_dir() and name not in declared:
            yield found(name, "undeclared", name)


def _files(
    folder: Path, manifest: dict[str, Any], findings: list[Finding]
) -> Iterator[tuple[str, bytes]]:
    for row in manifest["contents"]:
        name = row["path"]
        parts = PurePosixPath(name).parts
        path = folder / name
        if not all(SAFE.fullmatch(part) for part in parts) or name.startswith("/"):
            findings.append(found(f"{MANIFEST}/contents", "outside", name))
        elif path.is_symlink() or not path.is_file():
            findings.append(found(name, "missing_file"))
        else:
            data = _bytes(path)
            if len(data) != row["bytes"] or content_digest(data) != row["sha256"]:
                findings.append(found(name, "digest"))
            yield name, data


def _contents(
    manifest: dict[str, Any],
    files: dict[str, bytes],
    findings: list[Finding],
    validate_shape: Validate,
) -> tuple[dict[str, list[dict[str, Any]]], list[DemoRow]]:
    items: dict[str, list[dict[str, Any]]] = {}
    demo: list[DemoRow] = []
    for row in manifest["contents"]:
        name, kind = row["path"], row["kind"]
        if name not in files:
            continue
        try:
            if kind == ContentKind.DEMO_DATA:
                demo += _demo(files[name], name, findings)
                continue
            rows = parse_yaml(files[name])
        except ValueError as error:
            findings.append(found(name, "unreadable", error))
            continue
        broken = validate_shape(rows, name, kind)
        findings += broken
        if not broken:
            items.setdefault(kind, []).extend(rows)
    return items, demo


def _demo(data: bytes, name: str, findings: list[Finding]) -> list[DemoRow]:
    reader = csv.reader(io.StringIO(data.decode("utf-8"), newline=""), delimiter=";")
    if next(reader, None) != DEMO_COLUMNS:
        findings.append(found(name, "row", 1))
        return []
    rows = []
    for number, cells in enumerate(reader, start=2):
        row = _demo_row(cells)
        if row is None or number > MOST_DEMO_ROWS:
            findings.append(found(name, "row", number))
            return []
        rows.append(row)
    return rows


def _demo_row(cells: list[str]) -> DemoRow | None:
    if len(cells) != len(DEMO_COLUMNS):
        return None
    age, place, thing, series, value = cells
    match = AGE.fullmatch(age)
    try:
        number, entry = float(value), int(place or 0)
    except ValueError:
        return None
    if match is None or number - number != 0 or entry < 0:
        return None
    months = int(match[2]) if match[2] else None
    return DemoRow(float(match[1] or 0), months, entry, thing, series, number)
