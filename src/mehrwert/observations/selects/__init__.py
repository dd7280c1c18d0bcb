"""The typed tree of a read request and its SQL for both engines.

A door parses its language into a ``Select``; ``run_select`` compiles and runs it. Every reference
to a table carries the tenant (and the limits of a key): only ``sql/guard.py`` writes them.
"""

from .errors import UnknownPathError
from .inside import Inside
from .model import COLUMNS, RELATIONS, Relation
from .result import Branch, Level, SelectResult
from .run import exists, run_select
from .single import run_single
from .tree import Expand, Limits, Order, Select, Step

__all__ = [
    "COLUMNS",
    "RELATIONS",
    "Branch",
    "Expand",
    "Inside",
    "Level",
    "Limits",
    "Order",
    "Relation",
    "Select",
    "SelectResult",
    "Step",
    "UnknownPathError",
    "exists",
    "run_select",
    "run_single",
]
