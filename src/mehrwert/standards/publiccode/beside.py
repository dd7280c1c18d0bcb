"""Looks at the files that a publiccode.yml names, where they lie beside it.

A file may be looked at without its repository (an attachment, a single download). So a missing
file is an error only where the repository is there: the folder holds ``.git``, or the named
file's own folder exists. Otherwise a note says that nobody looked.
"""

import struct
from pathlib import Path

from .choices import LEAST_LOGO_WIDTH_PX, Severity
from .rules import FileReference, Finding

_PNG_START = b"\x89PNG\r\n\x1a\n"


def check_files(references: list[FileReference], folder: Path) -> list[Finding]:
    """Return what is wrong with the files in ``folder``; addresses and bad paths are left out."""
    inside = [
        r for r in references if "://" not in r.path and not r.path.startswith(("/", "file:"))
    ]
    is_repository = (folder / ".git").exists()
    return [f for r in inside if (f := _check(r, folder, is_repository)) is not None]


def _check(reference: FileReference, folder: Path, is_repository: bool) -> Finding | None:
    path = folder / reference.path
    if not path.resolve().is_relative_to(folder.resolve()):
        return _finding("outside", reference)
    if not path.is_file():
        if is_repository or path.parent.is_dir():
            return _finding("missing_file", reference)
        return _finding("file_unchecked", reference, Severity.NOTE)
    if reference.kind == "logo" and path.suffix.lower() == ".png":
        return _check_png(reference, path)
    return None


def _check_png(reference: FileReference, path: Path) -> Finding | None:
    """Read the header: signature, then the chunk IHDR with the width in pixels."""
    with path.open("rb") as file:
        head = file.read(24)
    if len(head) < 24 or not head.startswith(_PNG_START) or head[12:16] != b"IHDR":
        return _finding("not_png", reference)
    width: int = struct.unpack(">I", head[16:20])[0]
    if width >= LEAST_LOGO_WIDTH_PX:
        return None
    return _finding("narrow_logo", reference, n=width, limit=LEAST_LOGO_WIDTH_PX)


def _finding(
    code: str, reference: FileReference, severity: Severity = Severity.ERROR, **values: int
) -> Finding:
    return Finding(
        code,
        reference.key,
        reference.line,
        reference.column,
        severity,
        {"value": reference.path, **values},
    )
