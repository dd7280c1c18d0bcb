"""Writes the list of files and the checksums into a manifest; authors call it after each change."""

import re
from pathlib import Path

from mehrwert.starters.choices import ContentKind
from mehrwert.starters.errors import PackageRefusedError
from mehrwert.starters.format.checksum import content_digest, package_checksum
from mehrwert.starters.format.loading import MANIFEST, parse_yaml

KIND_OF_FILE = {
    "things.yml": ContentKind.THING_TYPE,
    "series.yml": ContentKind.DATASTREAM_TYPE,
    "alert_rules.yml": ContentKind.ALERT_RULE,
    "layers.yml": ContentKind.MAP_LAYER,
    "indicators.yml": ContentKind.INDICATOR,
    "plan.yml": ContentKind.EVALUATION_PLAN,
    "checklist.yml": ContentKind.CHECKLIST,
    "demo.csv": ContentKind.DEMO_DATA,
}
CONTENTS = re.compile(r"^contents:.*\n(?:[ -].*\n|\n)*", re.MULTILINE)
CHECKSUM = re.compile(r"^checksum:.*\n", re.MULTILINE)


def seal(folder: Path) -> str:
    """Write files, sizes and checksums into the manifest; return the checksum of the package.

    Raises:
        PackageRefusedError: There is no readable manifest, or it has no place for them.
    """
    path = folder / MANIFEST
    try:
        text = path.read_text(encoding="utf-8")
        if not (CONTENTS.search(text) and CHECKSUM.search(text)):
            raise ValueError("contents: und checksum: fehlen")
        text = CONTENTS.sub(_contents(folder), text, count=1)
        checksum = package_checksum(parse_yaml(text.encode()))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise PackageRefusedError(reasons=f"{MANIFEST}: {error}") from error
    path.write_text(CHECKSUM.sub(f"checksum: {checksum}\n", text, count=1), encoding="utf-8")
    return checksum


def _contents(folder: Path) -> str:
    lines = ["contents:\n"]
    for name, kind in KIND_OF_FILE.items():
        path = folder / name
        if path.is_file():
            data = path.read_bytes()
            lines += [
                f"  - path: {name}\n",
                f"    kind: {kind.value}\n",
                f"    sha256: {content_digest(data)}\n",
                f"    bytes: {len(data)}\n",
            ]
    return "".join(lines)
