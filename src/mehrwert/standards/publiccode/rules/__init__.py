"""The rules of publiccode.yml: the table in ``fields``, the walk in ``walk`` and ``checking``."""

from .checking import CheckOptions, check_tree
from .findings import FileReference, Finding, Outcome
from .repair import Lenient, Parked, Repair, read_leniently

__all__ = [
    "CheckOptions",
    "FileReference",
    "Finding",
    "Lenient",
    "Outcome",
    "Parked",
    "Repair",
    "check_tree",
    "read_leniently",
]
