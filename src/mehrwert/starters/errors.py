"""What can go wrong, each with a code and one German sentence."""

from mehrwert.base.errors import ConflictError, InvalidInputError, NotFoundError
from mehrwert.base.marks import mark


class UnknownPackageError(NotFoundError):
    """No such package in the library."""

    code = "unknown_package"
    sentence = mark("Dieses Paket gibt es nicht.")


class UnknownInstallationError(NotFoundError):
    """The package is not set up in this municipality."""

    code = "unknown_installation"
    sentence = mark("Dieses Paket ist in Ihrer Kommune nicht eingerichtet.")


class PackageRefusedError(InvalidInputError):
    """A package breaks its format; nothing was changed. ``reasons`` are sentences."""

    code = "package_refused"
    sentence = mark("Das Paket wird nicht angenommen. %(reasons)s")


class ParameterError(InvalidInputError):
    """Values for the parameters of a package cannot be used."""

    code = "package_parameters"
    sentence = mark("Bitte prüfen Sie die Angaben zum Paket. %(reasons)s")


class LicenceNotAcceptedError(InvalidInputError):
    """Nobody accepted the licence of a package."""

    code = "package_licence"
    sentence = mark("Bitte nehmen Sie die Lizenz des Pakets an.")


class AlreadyInstalledError(ConflictError):
    """A package is set up at most once in a municipality."""

    code = "package_installed"
    sentence = mark("Dieses Paket ist in Ihrer Kommune schon eingerichtet.")


class NotLiveError(ConflictError):
    """Something that only works once a package runs."""

    code = "package_not_live"
    sentence = mark("Das geht erst, wenn das Paket läuft.")


class NotADraftError(ConflictError):
    """Something that only works before a package runs."""

    code = "package_not_a_draft"
    sentence = mark("Das Paket läuft schon; ein Entwurf ist das nicht mehr.")


class NothingToRollBackError(ConflictError):
    """No earlier version is known."""

    code = "package_no_earlier"
    sentence = mark("Es gibt keinen früheren Stand, zu dem man zurück könnte.")


class NoNewVersionError(ConflictError):
    """The newest version is set up already."""

    code = "package_newest"
    sentence = mark("Es ist schon der neueste Stand eingerichtet.")


class MeasuredQuestionError(ConflictError):
    """There are readings; what becomes of them must be said first."""

    code = "package_measured"
    sentence = mark(
        "Es liegen %(n)s Messwerte vor. Bitte sagen Sie, ob sie bleiben oder gelöscht werden."
    )


class TrialTableError(InvalidInputError):
    """A table for a trial cannot be read."""

    code = "package_trial"
    sentence = mark(
        "In dieser Tabelle finden wir keine Messwerte. Nötig sind eine Spalte mit Zeit und eine mit"
        " Zahlen, zum Beispiel „2026-06-01 12:00;0,31“."
    )


class WhichTownError(InvalidInputError):
    """The command does not know in which municipality to set a package up."""

    code = "package_town"
    sentence = mark("In welcher Kommune? Es gibt: %(names)s. Bitte mit --kommune nennen.")
