"""What can go wrong with municipalities and memberships."""

from mehrwert.base.errors import ConflictError, ForbiddenError, InvalidInputError, NotFoundError
from mehrwert.base.marks import mark


class UnknownMunicipalityError(NotFoundError):
    """The register has no such row."""

    code = "unknown_municipality"
    sentence = mark("Diese Kommune steht nicht im amtlichen Verzeichnis. Bitte suchen Sie erneut.")


class SlugTakenError(ConflictError):
    """Another municipality has, or had, this short name."""

    code = "slug_taken"
    sentence = mark("Die Adresse %(slug)s ist vergeben. Bitte wählen Sie eine andere.")


class SlugNotAllowedError(InvalidInputError):
    """The short name is reserved or has signs that an address cannot have."""

    code = "slug_not_allowed"
    sentence = mark(
        "Die Adresse %(slug)s geht nicht. Bitte nehmen Sie 2 bis 50 kleine Buchstaben, Ziffern "
        "oder Bindestriche, beginnend mit einem Buchstaben."
    )


class InventedTownError(InvalidInputError):
    """An invented municipality must look invented."""

    code = "invented_town"
    sentence = mark(
        "Eine erfundene Kommune braucht einen Schlüssel ab 990000000000 und das Kennzeichen Demo."
    )


class UnknownRoleError(InvalidInputError):
    """No such role, or a capability that is not given one by one."""

    code = "unknown_role"
    sentence = mark("Diese Rolle gibt es nicht. Bitte wählen Sie eine aus der Liste.")


class LastAdminError(ConflictError):
    """Nobody would be left to set the municipality up."""

    code = "last_admin"
    sentence = mark(
        "Das ist die letzte Person mit der Rolle Administration. Bitte bestimmen Sie zuerst eine "
        "andere."
    )


class TenantReadOnlyError(ForbiddenError):
    """The data of this municipality are only shown here."""

    code = "tenant_read_only"
    sentence = mark("Diese Kommune ist nur zum Ansehen da. Es wurde nichts geändert.")


class TenantSuspendedError(ForbiddenError):
    """The municipality rests; only its administration gets in."""

    code = "tenant_suspended"
    sentence = mark(
        "Diese Kommune ist stillgelegt. Die Daten sind noch da. Bitte fragen Sie ihre "
        "Administration."
    )


class NotSharableError(InvalidInputError):
    """The address is not that of a page of this municipality."""

    code = "not_sharable"
    sentence = mark(
        "Das ist keine Seite dieser Kommune. Bitte öffnen Sie die Seite, die Sie teilen möchten, "
        "und wählen Sie dort „Seite teilen“."
    )
