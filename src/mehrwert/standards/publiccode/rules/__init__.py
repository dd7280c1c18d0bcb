"""The rules of publiccode.yml: the table in ``fields``, the walk in ``walk`` and ``checking``."""

from .checking import CheckOptions, check_tree
from .findings import FileReference, Finding, Outcome

__all__ = ["CheckOptions", "FileReference", "Finding", "Outcome", "check_tree"]
