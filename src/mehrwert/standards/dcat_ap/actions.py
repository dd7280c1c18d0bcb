"""Writes the open dump: every night, and once when an installation begins."""

import csv
import json
import shutil
import zipfile
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from mehrwert.base.actor import Actor
from mehrwert.base.clock import from_us, now_us
from mehrwert.catalogue.actions import Loaded, load_entries
from mehrwert.catalogue.queries import iterate_entries

from . import queries
from .choices import DATASETS
from .errors import DumpDamagedError
from .queries import Row
from .vocabulary import LICENCE_TITLES

COLUMNS: dict[str, tuple[str, ...]] = {
    "solutions": (
        *("id", "slug", "name", "short_description", "description", "solution_type"),
        *("component_type", "status", "stage", "fields_of_action", "technologies", "programme"),
        *("repository_url", "licence", "entry_origin", "label", "source_date", "level"),
        *("freshness", "version", "changed_at", "sources"),
    ),
    "adoptions": (
        *("solution", "basis", "relation", "status", "place_level", "place_key", "place_name"),
        *("is_carrier", "since", "source", "verified_on"),
    ),
    "effects": ("solution", "evidence_class", "direction", "summary"),
    "costs": (
        *("solution", "place_key", "size_class", "per_inhabitant_year_eur", "is_lower_bound"),
        *("price_year", "source_kind", "source", "verified_on"),
    ),
}
LIST_SIGN = " | "
PROFILES = "profiles.zip"
MOST_ENTRY_BYTES = 2_000_000
EPOCH = (1980, 1, 1, 0, 0, 0)


def write_dump() -> queries.Dump:
    """Write the whole dump anew and put it in the place of the old one."""
    folder = queries.dump_folder()
    fresh = folder.with_name(f"{folder.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    with transaction.atomic():
        _write_rows(fresh)
    _write_notices(fresh)
    files = [
        {"name": p.name, "sha256": queries.digest_of(p), "size": p.stat().st_size}
        for p in sorted(fresh.iterdir())
    ]
    sums = "".join(f"{f['sha256']}  {f['name']}\n" for f in files)
    (fresh / "SHA256SUMS").write_text(sums, encoding="utf-8")
    manifest = {"made_at": from_us(now_us()).isoformat(timespec="seconds"), "files": files}
    text = json.dumps(manifest, indent=1) + "\n"
    (fresh / queries.MANIFEST).write_text(text, encoding="utf-8")
    shutil.rmtree(folder, ignore_errors=True)
    fresh.rename(folder)
    dump = queries.read_dump()
    assert dump is not None, "written just now"
    return dump


def load_dump(folder: Path, *, actor: Actor) -> Loaded:
    """Take in the entries of a dump, after its checksums; no network.

    Raises:
        DumpDamagedError: A file is missing or differs from its checksum.
    """
    _check_sums(folder)
    try:
        with zipfile.ZipFile(folder / PROFILES) as archive:
            members = [m for m in archive.infolist() if m.file_size <= MOST_ENTRY_BYTES]
            return load_entries((json.loads(archive.read(m)) for m in members), actor=actor)
    except (OSError, zipfile.BadZipFile, ValueError) as error:
        raise DumpDamagedError(name=PROFILES) from error


def _check_sums(folder: Path) -> None:
    try:
        lines = (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise DumpDamagedError(name="SHA256SUMS") from error
    pairs = (line.partition("  ") for line in lines)
    sums = {name: digest for digest, _, name in pairs if name}
    for name in {PROFILES, *sums}:
        path = folder / Path(name).name
        if not path.is_file() or sums.get(name) != queries.digest_of(path):
            raise DumpDamagedError(name=name)


def write_first_dump() -> None:
    """Write a dump where there is none; called after each migration."""
    if queries.read_dump() is None and queries.count_solutions():
        write_dump()


def _write_rows(folder: Path) -> None:
    solutions = queries.public_solutions()
    rows: dict[str, list[Row]] = {
        "solutions": list(queries.solution_rows(solutions)),
        "adoptions": list(queries.adoption_rows()),
        "effects": list(queries.effect_rows(solutions)),
        "costs": list(queries.cost_rows()),
    }
    for name, found in rows.items():
        _write_csv(folder / f"{name}.csv", COLUMNS[name], found)
        _write_lines(folder / f"{name}.jsonl", found)
    with zipfile.ZipFile(folder / PROFILES, "w", zipfile.ZIP_DEFLATED) as archive:
        for row in iterate_entries():
            entry = zipfile.ZipInfo(f"{row['slug']}.json", EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, _json(row) + "\n")


def _write_csv(path: Path, columns: tuple[str, ...], rows: Iterable[Row]) -> None:
    """Write a table; an empty cell means that nobody said anything."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows([[_cell(row[c]) for c in columns] for row in rows])


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return LIST_SIGN.join(str(v) for v in value)
    if isinstance(value, dict):
        return _json(value)
    return _text(value)


def _text(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    return value.isoformat() if isinstance(value, date) else str(value)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=_text)


def _write_lines(path: Path, rows: Iterable[Row]) -> None:
    path.write_text("".join(f"{_json(row)}\n" for row in rows), encoding="utf-8")


def _write_notices(folder: Path) -> None:
    """Write licence and notice of every dataset, and the columns of every table."""
    lines = ["Lizenzen der offenen Daten", ""]
    for dataset in DATASETS:
        lines.append(f"{dataset.name}: {LICENCE_TITLES[dataset.licence]} <{dataset.licence}>")
        if dataset.attribution:
            lines.append(f"    {dataset.attribution}")
    lines += [
        "",
        "profiles.zip: wie solutions. Texte übernommener Einträge stammen aus der mitgelieferten",
        "Sammlung; die verlinkten Quellen stehen unter den Rechten ihrer Urheber.",
        "Eine leere Zelle, null oder [] heißt: Niemand hat etwas gesagt. Es heißt nie 0 oder nein.",
    ]
    (folder / "LICENCES.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    schema = {name: list(columns) for name, columns in COLUMNS.items()}
    (folder / "columns.json").write_text(json.dumps(schema, indent=1) + "\n", encoding="utf-8")
