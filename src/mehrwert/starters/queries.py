"""Everything that reads: the library of packages, what is set up, what an update would do."""

from collections.abc import Collection
from dataclasses import replace

from mehrwert.observations import queries as observations
from mehrwert.starters.choices import PieceKind
from mehrwert.starters.format.model import Package, from_json
from mehrwert.starters.library import bundled, bundled_package, check_folder
from mehrwert.starters.models import Installation, InstalledPiece
from mehrwert.starters.rules import Change, Piece, diff, pieces_of
from mehrwert.starters.standing import standing_of

__all__ = [
    "bundled",
    "bundled_package",
    "changes_to",
    "check_folder",
    "count_measured",
    "list_installations",
    "list_tasks",
    "package_of",
    "series_with_readings",
    "things_of",
    "wanted_pieces",
]


def list_installations() -> dict[str, Installation]:
    """Return what is set up in the municipality, by name of the package."""
    return {row.slug: row for row in Installation.objects.all()}


def package_of(row: Installation) -> Package:
    """Return the package as it was taken."""
    return from_json(row.package)


def wanted_pieces(row: Installation, package: Package | None = None) -> tuple[Piece, ...]:
    """Return what an installation makes, with the answers of the town in the plan.

    Args:
        row: Parameters and answers.
        package: Another version of the package; the one it has without.

    Raises:
        ParameterError: Two places have the same name.
    """
    answers = {name: row.answers[name] for name in ("goal", "sesoi_percent")}
    return tuple(
        replace(piece, values={**piece.values, **answers})
        if piece.kind is PieceKind.PLAN
        else piece
        for piece in pieces_of(package or package_of(row), row.parameters)
    )


def changes_to(
    row: Installation, package: Package, *, overwrite: Collection[str] = ()
) -> list[Change]:
    """Return what happens when an installation takes another version; nothing is changed.

    For a draft: what going live makes.
    """
    standing = standing_of(list(row.pieces.order_by("pk")))
    return diff(wanted_pieces(row, package), standing, overwrite=overwrite)


def list_tasks(row: Installation) -> list[InstalledPiece]:
    """Return the tasks in their order."""
    return list(row.pieces.filter(kind=PieceKind.TASK.value).order_by("pk"))


def count_measured(row: Installation) -> int:
    """Return how many readings lie in the series of an installation."""
    return sum(series.n for series in series_of(row))


def series_with_readings(row: Installation) -> set[int]:
    """Return the ids of series that hold readings."""
    return {series.id for series in series_of(row) if series.n}


def things_of(row: Installation, series_ids: Collection[int]) -> set[int]:
    """Return the ids of the stations of some series."""
    return {series.thing_id for series in series_of(row) if series.id in series_ids}


def series_of(row: Installation) -> list[observations.DatastreamRow]:
    """Return the series of an installation that are still there."""
    rows = row.pieces.filter(kind=PieceKind.SERIES.value)
    ids = [i for i in rows.values_list("object_id", flat=True) if i]
    return observations.list_datastreams(row.tenant_id, ids=ids) if ids else []
