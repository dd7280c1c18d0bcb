"""Begins a new package from the files in ``scaffold/``: it passes the check from the first day."""

import re
from datetime import date
from pathlib import Path

from mehrwert import __version__
from mehrwert.starters.errors import PackageRefusedError
from mehrwert.starters.format.sealing import seal

SCAFFOLD = Path(__file__).resolve().parent / "scaffold"
SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def begin_package(slug: str, title: str, where: Path, today: date) -> Path:
    """Write a new package and return its folder.

    Args:
        slug: Its name in addresses.
        title: Its name for people.
        where: Folder in which the folder of the package is made.
        today: For the first entry of its tests, which says that nothing has passed yet.

    Raises:
        PackageRefusedError: The name is none, or the folder is there already.
    """
    if not SLUG.fullmatch(slug) or len(slug) > 54:
        raise PackageRefusedError(reasons=f"„{slug}“ ist kein Name wie „durstige-baeume“.")
    folder = where / slug
    if folder.exists():
        raise PackageRefusedError(reasons=f"{folder} gibt es schon.")
    folder.mkdir(parents=True)
    words = {"SLUG": slug, "TITLE": title, "TODAY": today.isoformat(), "VERSION": __version__}
    for source in sorted(SCAFFOLD.iterdir()):
        text = source.read_text(encoding="utf-8")
        for word, value in words.items():
            text = text.replace(word, value)
        (folder / source.name).write_text(text, encoding="utf-8")
    seal(folder)
    return folder
