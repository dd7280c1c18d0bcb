"""The only way for a door to an import of the town in scope."""

from pathlib import Path

from django.conf import settings

from mehrwert.base.rows import first_of
from mehrwert.connectors.table_files.errors import FileGoneError, UnknownImportError
from mehrwert.connectors.table_files.models import TableImport


def find_import(import_id: int) -> TableImport:
    """Return one import of the municipality in scope.

    Raises:
        UnknownImportError: No such import there.
    """
    return first_of(TableImport.objects.filter(pk=import_id), UnknownImportError)


def book_of(row: TableImport) -> Path:
    """Return where the workbook of an import lies.

    Raises:
        FileGoneError: It was cleared away.
    """
    path = file_of(row)
    book = path.with_name(f"{path.name}.xlsx")
    if not book.is_file():
        raise FileGoneError
    return book


def file_of(row: TableImport) -> Path:
    """Return where the file of an import lies.

    Raises:
        FileGoneError: It was cleared away.
    """
    path = Path(settings.MEDIA_ROOT) / row.path
    if not row.path or not path.is_file():
        raise FileGoneError
    return path
