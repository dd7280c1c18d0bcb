"""The only way for a door to an import of the town in scope."""

from mehrwert.connectors.table_files.errors import UnknownImportError
from mehrwert.connectors.table_files.models import TableImport


def find_import(import_id: int) -> TableImport:
    """Return one import of the municipality in scope.

    Raises:
        UnknownImportError: No such import there.
    """
    row = TableImport.objects.filter(pk=import_id).first()
    if row is None:
        raise UnknownImportError
    return row
