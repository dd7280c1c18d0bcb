"""Everything that changes something in the catalogue."""

from .ageing import age_solutions
from .bundle import ImportReport, import_bundled
from .entries import Loaded, load_entries
from .indexing import fill_search_index
from .linking import propose_links
from .lists import (
    choose_sheet,
    discard_list,
    explain_words,
    map_list,
    open_list,
    store_list,
    undo_list,
)
from .missed import note_missed_search
from .naming import (
    Proposed,
    Reply,
    agree_to_naming,
    ask_other_town,
    ask_second_person,
    record_reply,
    refuse_naming,
)
from .packaged import PACKAGED, BundledSolution, import_packaged
from .pushed import (
    Cost,
    Declaration,
    answer_documented,
    forget_adoption,
    forget_cost,
    object_to_adoption,
    record_adoption,
    record_cost,
    set_evidence_summary,
)
from .reaching import check_links
from .relating import answer_link
from .reminding import remind_owners
from .saved import forget_search, look_for_news, save_search, take_note
from .writing import (
    claim_solution,
    confirm_values,
    create_draft,
    publish_solution,
    revert_solution,
    revise_solution,
    save_draft,
    withdraw_solution,
)

__all__ = [
    "PACKAGED",
    "BundledSolution",
    "Cost",
    "Declaration",
    "ImportReport",
    "Loaded",
    "Proposed",
    "Reply",
    "age_solutions",
    "agree_to_naming",
    "answer_documented",
    "answer_link",
    "ask_other_town",
    "ask_second_person",
    "check_links",
    "choose_sheet",
    "claim_solution",
    "confirm_values",
    "create_draft",
    "discard_list",
    "explain_words",
    "fill_search_index",
    "forget_adoption",
    "forget_cost",
    "forget_search",
    "import_bundled",
    "import_packaged",
    "load_entries",
    "look_for_news",
    "map_list",
    "note_missed_search",
    "object_to_adoption",
    "open_list",
    "propose_links",
    "publish_solution",
    "record_adoption",
    "record_cost",
    "record_reply",
    "refuse_naming",
    "remind_owners",
    "revert_solution",
    "revise_solution",
    "save_draft",
    "save_search",
    "set_evidence_summary",
    "store_list",
    "take_note",
    "undo_list",
    "withdraw_solution",
]
