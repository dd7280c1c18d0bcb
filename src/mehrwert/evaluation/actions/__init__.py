"""Everything that changes something in the room."""

from mehrwert.evaluation.deciding import MoneyInput
from mehrwert.evaluation.rules import Plan
from mehrwert.evaluation.rules.decision import Costs

from .deciding import DecisionInput, record_decision, set_legal_light
from .estimating import estimate_effect, start_estimate
from .house_templates import remove_house_template, save_house_template
from .linking import link_project
from .papers import begin_paper, change_finance, change_paper, paper_input, release_paper
from .planning import create_evaluation, discard_draft, freeze_plan, update_plan
from .profiles import save_profile
from .reflecting import answer_questions
from .reporting import ResultInput, file_result
from .telling import retract_withdrawn, tell_portfolio
from .voices import answer_by_voice, end_voice, invite_voice

__all__ = [
    "Costs",
    "DecisionInput",
    "MoneyInput",
    "Plan",
    "ResultInput",
    "answer_by_voice",
    "answer_questions",
    "begin_paper",
    "change_finance",
    "change_paper",
    "create_evaluation",
    "discard_draft",
    "end_voice",
    "estimate_effect",
    "file_result",
    "freeze_plan",
    "invite_voice",
    "link_project",
    "paper_input",
    "record_decision",
    "release_paper",
    "remove_house_template",
    "retract_withdrawn",
    "save_house_template",
    "save_profile",
    "set_legal_light",
    "start_estimate",
    "tell_portfolio",
    "update_plan",
]
