"""Everything that reads the register, municipalities and memberships."""

from .keys import (
    KeyRow,
    KeyState,
    Target,
    count_valid_keys,
    list_key_rows,
    list_key_targets,
    read_key_of,
)
from .links import read_short_code, read_short_path
from .maps import GERMANY, credit, read_bbox, read_lands, read_map, read_map_of
from .people import count_members, list_admin_names, list_members, read_member
from .profile import Profile, draw_small, draw_tenant, read_profile, read_profile_of
from .register import read_municipality, read_official
from .search import search_municipalities, warm_search
from .steps import Step, has_data, list_first_steps
from .tenants import count_tenants, list_tenants, propose_slug, read_population, read_tenant_by_id

__all__ = [
    "GERMANY",
    "KeyRow",
    "KeyState",
    "Profile",
    "Step",
    "Target",
    "count_members",
    "count_tenants",
    "count_valid_keys",
    "credit",
    "draw_small",
    "draw_tenant",
    "has_data",
    "list_admin_names",
    "list_first_steps",
    "list_key_rows",
    "list_key_targets",
    "list_members",
    "list_tenants",
    "propose_slug",
    "read_bbox",
    "read_key_of",
    "read_lands",
    "read_map",
    "read_map_of",
    "read_member",
    "read_municipality",
    "read_official",
    "read_population",
    "read_profile",
    "read_profile_of",
    "read_short_code",
    "read_short_path",
    "read_tenant_by_id",
    "search_municipalities",
    "warm_search",
]
