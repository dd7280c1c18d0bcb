"""A package as values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mehrwert.starters.choices import ContentKind

HOUR_S = 3600


@dataclass(frozen=True, slots=True)
class DemoRow:
    """One invented reading, as old as ``age`` says when it is loaded.

    Attributes:
        age_h: Hours before now; 0 when ``age_months`` counts.
        age_months: Whole months before the running one; None for a reading of some hours ago.
        place: Number of the entry of the array that the thing is made for, from 1; 0 without.
        thing, series: Keys of the package.
        value: In the unit of the series.
    """

    age_h: float
    age_months: int | None
    place: int
    thing: str
    series: str
    value: float


@dataclass(frozen=True, slots=True)
class Package:
    """One version of a package: its manifest, the items of its files by kind, its demo data."""

    manifest: Mapping[str, Any]
    items: Mapping[str, Sequence[Mapping[str, Any]]]
    demo: Sequence[DemoRow] = ()

    @property
    def slug(self) -> str:
        """Return its name in addresses."""
        return str(self.manifest["slug"])

    @property
    def version(self) -> str:
        """Return its version, as semantic versioning writes it."""
        return str(self.manifest["version"])

    @property
    def title(self) -> str:
        """Return its name for people."""
        return str(self.manifest["title"])

    @property
    def checksum(self) -> str:
        """Return what identifies this content."""
        return str(self.manifest["checksum"])

    @property
    def solution(self) -> str:
        """Return the address of its solution in the catalogue."""
        return str(self.manifest["solution"])

    def of_kind(self, kind: ContentKind) -> Sequence[Mapping[str, Any]]:
        """Return the items of all files of a kind, in their order."""
        return self.items.get(kind.value, ())

    def to_json(self) -> dict[str, Any]:
        """Return what an installation keeps of it: all but the demo data."""
        return {
            "manifest": dict(self.manifest),
            "items": {kind: list(rows) for kind, rows in self.items.items()},
        }


def from_json(kept: Mapping[str, Any]) -> Package:
    """Return the package an installation kept."""
    return Package(manifest=kept["manifest"], items=kept["items"])


def version_key(version: str) -> tuple[int, ...]:
    """Return a version for comparing: ``1.10.0`` comes after ``1.9.3``."""
    return tuple(int(part) for part in version.split("."))
