"""Everything that reads the catalogue."""

from mehrwert.catalogue.rules import without_personal_data

from .alike import Alike, list_alike, list_alike_in_size
from .care import (
    DueEntry,
    count_care,
    list_care,
    list_due_entries,
    list_proposed_links,
)
from .costs import BlockCosts, SizeCosts, SolutionCosts, read_costs
from .course import Course, list_stages, read_course
from .documents import build_documents
from .entries import iterate_entries
from .family import list_family, read_root
from .finding import (
    count_public,
    home_of_tenant,
    read_adoption,
    read_home,
    read_home_of,
    read_slug_of,
    read_solution,
    search_solutions,
)
from .fitting import (
    Fit,
    Ranking,
    list_fits,
    moves_between,
    rank_fits,
    read_fits,
    read_method,
    read_moved,
    valid_rules,
)
from .lists import (
    Planned,
    list_entries_of,
    list_list_imports,
    plan_list,
    read_list_import,
)
from .looks import list_helpers, list_second_looks, read_second_look
from .missed import MissedText, list_missed_searches
from .orphans import is_orphaned, list_orphans, list_takeable
from .own import OwnCatalogue, read_own_catalogue
from .page import SolutionDetails, list_versions, read_details
from .places import place_of, read_places
from .reaching import list_addresses, read_gone
from .rows import (
    CostRange,
    Near,
    SolutionRow,
    Uses,
    cost_range,
    counts_in_range,
    list_rows,
    near_places,
    read_cost_range,
    uses_of,
)
from .saved import list_names, list_saved, read_saved
from .tasks import TaskCount, TaskTree, read_task_tree
from .transfers import Asked, Transfer, Transfers, read_transfers
from .versions import export_solution, format_findings, leaves_of, read_version, with_identity

__all__ = [
    "Alike",
    "Asked",
    "BlockCosts",
    "CostRange",
    "Course",
    "DueEntry",
    "Fit",
    "MissedText",
    "Near",
    "OwnCatalogue",
    "Planned",
    "Ranking",
    "SizeCosts",
    "SolutionCosts",
    "SolutionDetails",
    "SolutionRow",
    "TaskCount",
    "TaskTree",
    "Transfer",
    "Transfers",
    "Uses",
    "build_documents",
    "cost_range",
    "count_care",
    "count_public",
    "counts_in_range",
    "export_solution",
    "format_findings",
    "home_of_tenant",
    "is_orphaned",
    "iterate_entries",
    "leaves_of",
    "list_addresses",
    "list_alike",
    "list_alike_in_size",
    "list_care",
    "list_due_entries",
    "list_entries_of",
    "list_family",
    "list_fits",
    "list_helpers",
    "list_list_imports",
    "list_missed_searches",
    "list_names",
    "list_orphans",
    "list_proposed_links",
    "list_rows",
    "list_saved",
    "list_second_looks",
    "list_stages",
    "list_takeable",
    "list_versions",
    "moves_between",
    "near_places",
    "place_of",
    "plan_list",
    "rank_fits",
    "read_adoption",
    "read_cost_range",
    "read_costs",
    "read_course",
    "read_details",
    "read_fits",
    "read_gone",
    "read_home",
    "read_home_of",
    "read_list_import",
    "read_method",
    "read_moved",
    "read_own_catalogue",
    "read_places",
    "read_root",
    "read_saved",
    "read_second_look",
    "read_slug_of",
    "read_solution",
    "read_task_tree",
    "read_transfers",
    "read_version",
    "search_solutions",
    "uses_of",
    "valid_rules",
    "with_identity",
    "without_personal_data",
]
