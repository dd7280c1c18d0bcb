"""Copies of a bundled package that a test may spoil."""

import shutil
from pathlib import Path

from mehrwert.starters.format.sealing import seal
from mehrwert.starters.library import FOLDER

SLUG = "durstige-baeume"


def copy_of(tmp_path: Path, slug: str = SLUG) -> Path:
    """Return the folder of a copy."""
    return Path(shutil.copytree(FOLDER / slug, tmp_path / slug))


def replace(path: Path, old: str, new: str) -> None:
    """Change a file; the text must be there."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def sealed(folder: Path) -> Path:
    """Return the folder with right checksums."""
    seal(folder)
    return folder
