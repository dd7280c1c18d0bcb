"""The packages there are: those that come with Mehrwert, and those an operator added.

Each is a folder and is read once per process; what was added is looked for again at every question.
"""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from mehrwert.catalogue.choices import FIELD_BY_CODE
from mehrwert.intake.queries import read_library_fields
from mehrwert.starters.choices import ContentKind
from mehrwert.starters.errors import PackageRefusedError, UnknownPackageError
from mehrwert.starters.format import Finding, Package, check_package, read_package
from mehrwert.starters.format.loading import MANIFEST
from mehrwert.starters.format.schema import found

FOLDER = Path(__file__).resolve().parent / "packages"


def check_folder(folder: Path) -> list[Finding]:
    """Return what is wrong with a package; nothing means it may be set up."""
    findings = check_package(folder)
    return findings or list(_check_here(read_package(folder)))


def load(folder: Path) -> Package:
    """Return the package in a folder.

    Raises:
        PackageRefusedError: It breaks the format, or names what this installation does not have.
    """
    package = read_package(folder)
    if findings := list(_check_here(package)):
        raise PackageRefusedError(reasons=" ".join(finding.text() for finding in findings[:5]))
    return package


def bundled() -> tuple[Package, ...]:
    """Return all packages of this installation, by title."""
    folder = added_folder()
    stamps = (
        tuple(sorted((path, path.stat().st_mtime_ns) for path in folder.iterdir()))
        if folder.is_dir()
        else ()
    )
    return _library(stamps)


def shipped() -> tuple[Package, ...]:
    """Return the packages that come with Mehrwert, by title."""
    return _library(())


def added_folder() -> Path:
    """Return where packages lie that an operator added; every one of them was checked."""
    return Path(settings.DATA_DIR) / "packages"


@lru_cache(maxsize=4)
def _library(added: tuple[tuple[Path, int], ...]) -> tuple[Package, ...]:
    paths = [*FOLDER.iterdir(), *(path for path, _ in added)]
    found_ones = [
        read_package(path, is_shipped=True) for path in paths if (path / MANIFEST).is_file()
    ]
    return tuple(sorted(found_ones, key=lambda package: package.title))


def bundled_package(slug: str) -> Package:
    """Return one package.

    Raises:
        UnknownPackageError: There is none of that name.
    """
    for package in bundled():
        if package.slug == slug:
            return package
    raise UnknownPackageError


def signer(package: Package) -> str:
    """Return who signed a package, as the list of trust calls them; empty if nobody did."""
    if "signature" not in package.manifest:
        return ""
    from mehrwert.starters.format.signing import signer_of

    return signer_of(package.manifest, _trusted())


def _trusted() -> dict[str, str]:
    from mehrwert.starters.format.signing import trusted_keys

    return trusted_keys(settings.MEHRWERT.package_keys)


def _check_signature(package: Package) -> Iterator[Finding]:
    if "signature" in package.manifest:
        if not signer(package):
            yield found(f"{MANIFEST}/signature", "signature")
    elif settings.MEHRWERT.package_signature_required:
        yield found(f"{MANIFEST}/signature", "unsigned")


def _check_here(package: Package) -> Iterator[Finding]:
    """Yield a signature nobody trusts, and what other rooms would not understand."""
    yield from _check_signature(package)
    if package.manifest["field"] not in FIELD_BY_CODE:
        yield found(f"{MANIFEST}/field", "field", package.manifest["field"])
    known = read_library_fields()
    for thing in package.of_kind(ContentKind.THING_TYPE):
        for device in thing.get("devices", ()):
            if device not in known:
                yield found(f"thing_type/{thing['key']}", "device", device)
    for series in package.of_kind(ContentKind.DATASTREAM_TYPE):
        where = f"datastream_type/{series['key']}"
        for device, name in series.get("fields", {}).items():
            symbol = known.get(device, {}).get(name)
            if symbol is None:
                yield found(where, "device", f"{device}: {name}")
            elif symbol != series["unit_symbol"]:
                yield found(where, "unit", f"{device}: {name}", symbol or "–")
