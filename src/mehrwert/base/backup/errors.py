"""What can go wrong while backing up or restoring."""

from mehrwert.base.errors import ConflictError, InvalidInputError, UnavailableError
from mehrwert.base.marks import mark


class NotEnoughSpaceError(UnavailableError):
    """The volume has no room for the copy; nothing was written."""

    code = "backup_no_space"
    sentence = mark(
        "Für die Sicherung fehlt Platz: nötig sind etwa %(needed_mb)s MB, frei sind %(free_mb)s MB."
        " Bitte schaffen Sie Platz oder wählen Sie mit der Option MEHRWERT_BACKUP_DIR einen "
        "anderen Ordner."
    )


class ToolMissingError(UnavailableError):
    """A program of PostgreSQL is not installed."""

    code = "backup_tool_missing"
    sentence = mark(
        "Das Programm %(tool)s fehlt auf diesem Rechner. Bitte installieren Sie das Paket "
        "postgresql-client in der Version Ihres Servers oder neuer."
    )


class ToolFailedError(UnavailableError):
    """A program of PostgreSQL ended with an error."""

    code = "backup_tool_failed"
    sentence = mark("%(tool)s ist gescheitert: %(reason)s")


class BackupBrokenError(InvalidInputError):
    """The file is no backup of ours, incomplete or changed."""

    code = "backup_broken"
    sentence = mark("Die Sicherung %(file)s ist nicht verwendbar: %(reason)s")


class TargetNotEmptyError(ConflictError):
    """A restore never overwrites."""

    code = "restore_target_not_empty"
    sentence = mark(
        "%(target)s enthält schon Daten. Bitte nennen Sie einen leeren Ordner und, bei PostgreSQL, "
        "eine leere Datenbank."
    )


class DatabaseNeededError(InvalidInputError):
    """A backup of PostgreSQL is restored into a database that the caller names."""

    code = "restore_database_needed"
    sentence = mark(
        "Diese Sicherung enthält eine PostgreSQL-Datenbank. Bitte nennen Sie mit --database-url "
        "eine leere Datenbank."
    )


class MayNotCreateDatabaseError(UnavailableError):
    """The drill needs a throw-away database."""

    code = "drill_no_database"
    sentence = mark(
        "Die Datenbankrolle darf keine Datenbank anlegen. Bitte geben Sie ihr das Recht (ALTER "
        "ROLE … CREATEDB) oder nennen Sie mit --database-url eine leere Datenbank für die Probe."
    )
