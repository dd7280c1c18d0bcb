"""The codecs that come with Mehrwert: one folder per device, data only.

``codec.js`` · ``device.yml`` (what it is, what it measures, where that is from) · ``examples.yaml``
(bytes in, values out).
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from .examples import Example

FOLDER = files("mehrwert.intake.codecs") / "library"


@dataclass(frozen=True, slots=True)
class LibraryCodec:
    """One device type. ``description`` is ``device.yml`` as it stands."""

    slug: str
    version: int
    script: str
    description: dict[str, Any]
    examples: list[dict[str, Any]]

    @property
    def name(self) -> str:
        """Return vendor and name of the device."""
        return f"{self.description['vendor']} {self.description['name']}"


@cache
def list_library() -> tuple[LibraryCodec, ...]:
    """Return all device types by name."""
    found = [_read(folder.name) for folder in FOLDER.iterdir() if folder.is_dir()]
    return tuple(sorted(found, key=lambda codec: codec.name.lower()))


def read_library_codec(slug: str) -> LibraryCodec | None:
    """Return one device type, None when there is none of this name."""
    return next((codec for codec in list_library() if codec.slug == slug), None)


def examples_from(rows: list[dict[str, Any]]) -> list[Example]:
    """Return examples as they stand in ``examples.yaml``.

    Raises:
        KeyError, ValueError, TypeError: A row is not understandable.
    """
    return [
        Example(
            name=str(row.get("name") or row["bytes"]),
            payload=bytes.fromhex(row["bytes"]),
            f_port=int(row.get("fPort", 1)),
            data=row.get("data"),
            errors=row.get("errors"),
        )
        for row in rows
    ]


def _read(slug: str) -> LibraryCodec:
    folder = FOLDER / slug
    description = yaml.safe_load((folder / "device.yml").read_text(encoding="utf-8"))
    return LibraryCodec(
        slug=slug,
        version=int(description["version"]),
        script=(folder / "codec.js").read_text(encoding="utf-8"),
        description=description,
        examples=yaml.safe_load((folder / "examples.yaml").read_text(encoding="utf-8")),
    )
