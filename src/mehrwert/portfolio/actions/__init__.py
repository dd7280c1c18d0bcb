"""Everything that changes something in the room."""

from mehrwert.portfolio.rules.costs import Line
from mehrwert.portfolio.rules.keys import Payer

from .adoptions import (
    AdoptionInput,
    EndInput,
    ItemInput,
    adoption_to_change,
    answer_item,
    confirm_adoption,
    confirm_documented,
    declare_adoption,
    declare_if_new,
    deny_documented,
    end_adoption,
)
from .costs import (
    SheetInput,
    cover_rest,
    save_costs,
)
from .duties import (
    DutyInput,
    add_duty,
    change_duty,
    link_duty,
    review_duty,
    unlink_duty,
)
from .figures import (
    FigureInput,
    note_opened,
    place_figure,
    remove_figure,
)
from .financing import (
    FunderField,
    FundingInput,
    SplitInput,
    add_dependency,
    add_funding,
    add_replacement,
    confirm_replacement,
    decide_funding,
    map_funder_fields,
    plan_split,
)
from .indicators import (
    Definition,
    NewValue,
    add_values,
    change_definition,
    define_indicator,
    freeze_baseline,
    take_over_values,
    waive_baseline,
)
from .keys import (
    ShareInput,
    discard_share,
    save_share,
)
from .lights import (
    refresh_all,
    refresh_lights,
    set_effect,
)
from .logic import (
    ArrowInput,
    add_arrow,
    remove_arrow,
    remove_step,
    save_arrow,
    save_step,
)
from .money import (
    EffectInput,
    MoneyInput,
    plan_money,
    retract_effect,
    set_measured_effect,
)
from .phases import (
    set_phases,
)
from .projects import (
    NewProject,
    create_project,
    plan_gates,
    update_project,
)
from .reminding import (
    list_waiting,
    remind_editors,
)
from .reports import (
    NewDecision,
    ReportInput,
    ask_decision,
    correct_report,
    deliver_report,
    erase_report,
    mark_missing,
    note_decision,
)
from .risks import (
    add_countermeasure,
    add_risk,
    check_countermeasure,
    close_risk,
)
from .stepping import (
    advance_project,
)

__all__ = [
    "AdoptionInput",
    "ArrowInput",
    "Definition",
    "DutyInput",
    "EffectInput",
    "EndInput",
    "FigureInput",
    "FunderField",
    "FundingInput",
    "ItemInput",
    "Line",
    "MoneyInput",
    "NewDecision",
    "NewProject",
    "NewValue",
    "Payer",
    "ReportInput",
    "ShareInput",
    "SheetInput",
    "SplitInput",
    "add_arrow",
    "add_countermeasure",
    "add_dependency",
    "add_duty",
    "add_funding",
    "add_replacement",
    "add_risk",
    "add_values",
    "adoption_to_change",
    "advance_project",
    "answer_item",
    "ask_decision",
    "change_definition",
    "change_duty",
    "check_countermeasure",
    "close_risk",
    "confirm_adoption",
    "confirm_documented",
    "confirm_replacement",
    "correct_report",
    "cover_rest",
    "create_project",
    "decide_funding",
    "declare_adoption",
    "declare_if_new",
    "define_indicator",
    "deliver_report",
    "deny_documented",
    "discard_share",
    "end_adoption",
    "erase_report",
    "freeze_baseline",
    "link_duty",
    "list_waiting",
    "map_funder_fields",
    "mark_missing",
    "note_decision",
    "note_opened",
    "place_figure",
    "plan_gates",
    "plan_money",
    "plan_split",
    "refresh_all",
    "refresh_lights",
    "remind_editors",
    "remove_arrow",
    "remove_figure",
    "remove_step",
    "retract_effect",
    "review_duty",
    "save_arrow",
    "save_costs",
    "save_share",
    "save_step",
    "set_effect",
    "set_measured_effect",
    "set_phases",
    "take_over_values",
    "unlink_duty",
    "update_project",
    "waive_baseline",
]
