"""Input of the pages: the sentence with blanks, plans of rounds, notes. Shape only."""

from mehrwert.alerts.forms.sentence import AddressesField, NoteForm, RuleForm, initial_of
from mehrwert.alerts.forms.work import PlanForm, initial_plan

__all__ = ["AddressesField", "NoteForm", "PlanForm", "RuleForm", "initial_of", "initial_plan"]
