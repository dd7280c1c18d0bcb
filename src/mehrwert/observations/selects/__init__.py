"""The typed tree of a read request and its SQL for both engines.

A door parses its language into a ``Select``; ``run_select`` compiles and runs it. Every reference
to a table carries the tenant (and the limits of a key): only ``compile.guard`` and ``relate``
write them.
"""

from .errors import UnknownPathError
from .model import COLUMNS, RELATIONS, Relation
from .run import SelectResult, exists, run_select
from .tree import Limits, Order, Select, Step

__all__ = [
    "COLUMNS",
    "RELATIONS",
    "Limits",
    "Order",
    "Relation",
    "Select",
    "SelectResult",
    "Step",
    "UnknownPathError",
    "exists",
    "run_select",
]
