"""Reads the catalogue for open data: public entries only, no person, unknown stays unknown."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from mehrwert.base.clock import from_us
from mehrwert.catalogue.choices import EntryOrigin
from mehrwert.catalogue.models import Adoption, CostRecord, Solution

FOLDER = "open-data"
MANIFEST = "manifest.json"
UNVERIFIED = "Übernommen · Selbstauskunft, nicht geprüft"
Row = dict[str, Any]


@dataclass(frozen=True)
class DumpFile:
    """One file of the dump: name, SHA-256 in hex, size in bytes."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True)
class Dump:
    """The last dump: when it was made and what it holds."""

    made_at: datetime
    files: tuple[DumpFile, ...]

    def file(self, name: str) -> DumpFile | None:
        """Return one file, None if the dump lacks it."""
        return next((f for f in self.files if f.name == name), None)


def dump_folder() -> Path:
    """Return the folder of the dump."""
    return Path(settings.DATA_DIR) / FOLDER


def read_dump(folder: Path | None = None) -> Dump | None:
    """Return the last dump, None before the first."""
    try:
        text = ((folder or dump_folder()) / MANIFEST).read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    data = json.loads(text)
    files = tuple(DumpFile(f["name"], f["sha256"], f["size"]) for f in data["files"])
    return Dump(datetime.fromisoformat(data["made_at"]), files)


def read_dump_file(name: str) -> Path | None:
    """Return the path of a file of the dump; only names of its manifest."""
    dump = read_dump()
    return dump_folder() / name if dump is not None and dump.file(name) else None


def public_solutions() -> list[Solution]:
    """Return every public solution with its sources, by address."""
    rows = Solution.objects.filter(is_public=True, is_withdrawn=False).order_by("slug")
    return list(rows.prefetch_related("sources"))


def count_solutions() -> int:
    """Return how many solutions are public."""
    return Solution.objects.filter(is_public=True, is_withdrawn=False).count()


def public_profile(profile: Row) -> Row:
    """Return a profile without the person of its contact."""
    contact = profile.get("contact")
    if not isinstance(contact, dict) or "person" not in contact:
        return profile
    return {**profile, "contact": {k: v for k, v in contact.items() if k != "person"}}


def label_of(solution: Solution) -> str:
    """Return what stands beside an entry that nobody confirmed, "" for a declared one."""
    if solution.entry_origin != EntryOrigin.IMPORTED:
        return ""
    day = solution.source_date
    age = f"Stand {day:%d.%m.%Y}" if day else "Alter der Quelle unbekannt"
    return f"{UNVERIFIED} · {age}"


def solution_rows(solutions: list[Solution]) -> Iterator[Row]:
    """Yield the rows of the dataset ``solutions``; None and [] mean that nobody said anything."""
    for s in solutions:
        profile = public_profile(s.profile)
        code = profile.get("code") or {}
        yield {
            "id": f"urn:uuid:{s.uuid}",
            "slug": s.slug,
            "name": profile.get("name"),
            "short_description": profile.get("short_description"),
            "description": profile.get("description"),
            "solution_type": profile.get("solution_type"),
            "component_type": profile.get("component_type"),
            "status": profile.get("status"),
            "stage": profile.get("stage"),
            "fields_of_action": profile.get("fields_of_action") or [],
            "technologies": profile.get("technologies") or [],
            "programme": profile.get("programme"),
            "repository_url": code.get("repository_url"),
            "licence": code.get("licence"),
            "entry_origin": s.entry_origin,
            "label": label_of(s),
            "source_date": s.source_date,
            "level": s.level,
            "freshness": s.freshness,
            "version": s.version,
            "changed_at": from_us(s.changed_us),
            "sources": [source.url or source.title for source in s.sources.all()],
        }


def adoption_rows() -> Iterator[Row]:
    """Yield the rows of the dataset ``adoptions``; declared and documented stay apart."""
    rows = Adoption.objects.filter(
        is_denied=False, solution__is_public=True, solution__is_withdrawn=False
    )
    for a in rows.select_related("solution").order_by("solution__slug", "pk"):
        yield {
            "solution": a.solution.slug,
            "basis": a.basis,
            "relation": a.relation,
            "status": a.status,
            "place_level": a.place_level,
            "place_key": a.place_key or None,
            "place_name": a.place_name,
            "is_carrier": a.is_carrier,
            "since": a.since or None,
            "source": a.source_url or a.source,
            "verified_on": a.verified_on,
        }


def effect_rows(solutions: list[Solution]) -> Iterator[Row]:
    """Yield the rows of the dataset ``effects``: solutions with an evidence class."""
    for s in solutions:
        if s.evidence_class is not None:
            yield {
                "solution": s.slug,
                "evidence_class": s.evidence_class,
                "direction": s.evidence_direction or None,
                "summary": s.evidence or None,
            }


def cost_rows() -> Iterator[Row]:
    """Yield the rows of the dataset ``costs``: euros per inhabitant and year."""
    rows = CostRecord.objects.filter(solution__is_public=True, solution__is_withdrawn=False)
    for c in rows.select_related("solution").order_by("solution__slug", "place_key"):
        yield {
            "solution": c.solution.slug,
            "place_key": c.place_key,
            "size_class": c.size_class,
            "per_inhabitant_year_eur": f"{c.per_inhabitant_year:.4f}",
            "is_lower_bound": c.is_lower_bound,
            "price_year": c.price_year,
            "source_kind": c.source_kind,
            "source": c.source,
            "verified_on": c.verified_on,
        }


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def newest(solutions: list[Solution]) -> date | None:
    """Return the day of the newest change, None without solutions."""
    return max((from_us(s.changed_us).date() for s in solutions), default=None)
