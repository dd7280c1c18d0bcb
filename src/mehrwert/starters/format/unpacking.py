"""Unpacks the ZIP of a package into a folder; nothing in it may lead outside."""

import io
import zipfile
from pathlib import Path

from mehrwert.starters.errors import PackageRefusedError
from mehrwert.starters.format.loading import MOST_BYTES, MOST_FILES, SAFE


def unpack(data: bytes, where: Path) -> Path:
    """Write the one folder of a ZIP below ``where`` and return it.

    Raises:
        PackageRefusedError: It is no ZIP, holds more than one folder, or too much.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            return _written(archive, members, where)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise PackageRefusedError(reasons="Das ist kein lesbares ZIP.") from error


def _written(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], where: Path) -> Path:
    folders = {member.filename.partition("/")[0] for member in members}
    if len(folders) != 1 or len(members) > MOST_FILES:
        raise PackageRefusedError(reasons="Ein Paket ist genau ein Ordner mit wenigen Dateien.")
    folder = where / folders.pop()
    for member in members:
        parts = member.filename.split("/")
        if len(parts) != 2 or not all(SAFE.fullmatch(part) for part in parts):
            raise PackageRefusedError(reasons=f"{member.filename} liegt nicht im Paket.")
        with archive.open(member) as source:
            content = source.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise PackageRefusedError(reasons=f"{member.filename} ist zu groß.")
        folder.mkdir(exist_ok=True)
        (folder / parts[1]).write_bytes(content)
    return folder
