"""Everything that reads the register, municipalities and memberships."""

from .maps import credit, read_bbox, read_map
from .people import count_members, list_members
from .register import read_municipality, read_official
from .tenants import list_tenants, read_population

__all__ = [
    "count_members",
    "credit",
    "list_members",
    "list_tenants",
    "read_bbox",
    "read_map",
    "read_municipality",
    "read_official",
    "read_population",
]
