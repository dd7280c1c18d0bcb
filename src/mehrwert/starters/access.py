"""The only way for a door to an installation of the municipality in scope."""

from mehrwert.base.rows import first_of
from mehrwert.starters.errors import UnknownInstallationError
from mehrwert.starters.models import Installation, InstalledPiece


def find_installation(slug: str) -> Installation:
    """Return the installation of a package.

    Raises:
        UnknownInstallationError: The package is not set up here.
    """
    return first_of(Installation.objects.filter(slug=slug), UnknownInstallationError)


def find_task(slug: str, piece_id: int) -> InstalledPiece:
    """Return one task of an installation.

    Raises:
        UnknownInstallationError: No such task here.
    """
    rows = InstalledPiece.objects.filter(installation__slug=slug, kind="task")
    return first_of(rows.filter(pk=piece_id), UnknownInstallationError)
