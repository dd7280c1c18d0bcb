"""Tables of the foundation."""

from .journal import AuditRow, AuditRowBase
from .legal import LegalText
from .live import LiveEvent
from .outbox import EventDelivery, OutboxEvent, OutboxEventBase
from .settings import InstallationSetting
from .work import Job, JobState, Lease, TimetableRun

__all__ = [
    "AuditRow",
    "AuditRowBase",
    "EventDelivery",
    "InstallationSetting",
    "Job",
    "JobState",
    "Lease",
    "LegalText",
    "LiveEvent",
    "OutboxEvent",
    "OutboxEventBase",
    "TimetableRun",
]
