"""What can be wrong with a dump that is taken in."""

from mehrwert.base.errors import InvalidInputError
from mehrwert.base.marks import mark


class DumpDamagedError(InvalidInputError):
    """A file of the dump is missing or not what its checksum says."""

    code = "dump_damaged"
    sentence = mark("Die Datei „%(name)s“ fehlt oder passt nicht zu ihrer Prüfsumme.")
