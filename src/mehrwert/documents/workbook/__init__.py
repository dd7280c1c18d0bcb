"""A workbook with live formulas as XLSX and ODS, written natively, same bytes for the same book.

Formulas are written once, as people write them in a cell (``=B2*(C2+5*D2)``); both formats get
them in their own spelling, each with the value it had when the file was made.
"""

from .model import Book, Cell, Formula, Look, Sheet, column_name
from .ods import ODS_TYPE, ods
from .xlsx import XLSX_TYPE, xlsx

__all__ = [
    "ODS_TYPE",
    "XLSX_TYPE",
    "Book",
    "Cell",
    "Formula",
    "Look",
    "Sheet",
    "column_name",
    "ods",
    "xlsx",
]
