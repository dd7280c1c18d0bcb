"""What a backup says about itself: the first member of its file."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

FORMAT = 1
NAME = "manifest.json"
SAFE_NAME = re.compile(r"(?!.*(?:^|/)\.\.?(?:/|$))[^/\\\0][^\\\0]*")


@dataclass(frozen=True, slots=True)
class Part:
    """One file of the backup. ``name`` is its path below the data folder."""

    name: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Contents:
    """One database: the file that holds it, its steps of migration, rows per table."""

    part: str
    steps: tuple[str, ...]
    counts: Mapping[str, int]

    @property
    def rows(self) -> int:
        """Return the number of all rows."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Manifest:
    """Everything needed to check a backup without the installation it came from."""

    made_at: str
    reason: str
    version: str
    engine: str
    databases: Mapping[str, Contents]
    parts: tuple[Part, ...]
    format: int = FORMAT
    notes: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> bytes:
        """Return readable JSON."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1).encode()

    @classmethod
    def from_json(cls, raw: bytes) -> "Manifest":
        """Read a manifest.

        Raises:
            ValueError: Not ours, of a later format, or with names that leave the folder.
        """
        given: Any = json.loads(raw)
        try:
            if given["format"] != FORMAT:
                raise ValueError(f"unknown format {given['format']}")
            parts = tuple(Part(**part) for part in given.pop("parts"))
            databases = {
                alias: Contents(c["part"], tuple(c["steps"]), c["counts"])
                for alias, c in given.pop("databases").items()
            }
            found = cls(parts=parts, databases=databases, **given)
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError("not a manifest") from error
        if not all(SAFE_NAME.fullmatch(part.name) for part in parts):
            raise ValueError("a name leaves the folder")
        return found


def part_of(path: Path, name: str) -> Part:
    """Measure and hash one file."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Part(name, path.stat().st_size, digest)
