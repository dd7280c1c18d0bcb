"""Takes a package from outside into the library of this installation."""

import shutil
import tempfile
from pathlib import Path

from mehrwert.base.actions import record_audit
from mehrwert.base.actor import Actor
from mehrwert.starters.errors import PackageRefusedError
from mehrwert.starters.format.model import Package
from mehrwert.starters.format.unpacking import unpack
from mehrwert.starters.library import added_folder, load, shipped


def add_package(data: bytes, *, actor: Actor) -> Package:
    """Check the ZIP of a package and keep it; a newer version replaces the older one.

    Raises:
        PackageRefusedError: It breaks the format, or has the name of a package of Mehrwert.
    """
    with tempfile.TemporaryDirectory() as place:
        folder = unpack(data, Path(place))
        package = load(folder)
        if package.slug in {one.slug for one in shipped()}:
            raise PackageRefusedError(reasons=f"„{package.slug}“ heißt schon ein anderes Paket.")
        target = added_folder() / package.slug
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(folder, target)
    record_audit(
        actor=actor,
        verb="import",
        kind="package",
        label=package.title[:200],
        after={"version": package.version, "checksum": package.checksum},
    )
    return package


def check_zip(data: bytes) -> Package:
    """Return the package in a ZIP; nothing is kept.

    Raises:
        PackageRefusedError: It breaks the format.
    """
    with tempfile.TemporaryDirectory() as place:
        return load(unpack(data, Path(place)))
