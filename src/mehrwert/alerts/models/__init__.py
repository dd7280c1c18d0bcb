"""Tables of the room: rules and what they raised, who is told, and the work that follows."""

from mehrwert.alerts.models.alerting import Alert, AlertInput, AlertRule, Message
from mehrwert.alerts.models.maintenance import Maintenance
from mehrwert.alerts.models.reach import Cover, DutyPerson, Roster, Webhook
from mehrwert.alerts.models.tasks import Task, TaskPlan, TaskStop

__all__ = [
    "Alert",
    "AlertInput",
    "AlertRule",
    "Cover",
    "DutyPerson",
    "Maintenance",
    "Message",
    "Roster",
    "Task",
    "TaskPlan",
    "TaskStop",
    "Webhook",
]
