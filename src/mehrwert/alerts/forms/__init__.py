"""Input of the pages: the sentence with blanks, rounds, who is told, notes. Shape only."""

from mehrwert.alerts.forms.maintenance import MaintenanceForm, initial_maintenance
from mehrwert.alerts.forms.reach import (
    CoverForm,
    GatewayForm,
    PhoneForm,
    RosterForm,
    WebhookForm,
    initial_roster,
)
from mehrwert.alerts.forms.sentence import NoteForm, RuleForm, initial_of
from mehrwert.alerts.forms.work import PlanForm, initial_plan

__all__ = [
    "CoverForm",
    "GatewayForm",
    "MaintenanceForm",
    "NoteForm",
    "PhoneForm",
    "PlanForm",
    "RosterForm",
    "RuleForm",
    "WebhookForm",
    "initial_maintenance",
    "initial_of",
    "initial_plan",
    "initial_roster",
]
