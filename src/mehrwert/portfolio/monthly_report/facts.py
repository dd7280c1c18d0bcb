"""What a monthly report says: plain values, worded and computed elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

Light = Literal["green", "incomplete", "yellow", "red", "unknown", "late", "not_delivered"]
Amount = Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorLine:
    """One indicator: everything as people read it."""

    name: str
    value: str
    period: str
    target: str
    freshness: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskLine:
    """One open risk with its age in days and what is done about it."""

    text: str
    age_days: int
    countermeasure: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NeededDecision:
    """What somebody must decide, and until when."""

    text: str
    body: str
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectReport:
    """One project in one month.

    Attributes:
        stated: Light as the project states it, with one sentence.
        computed: Worst known part; ``parts`` names the four parts (schedule, cost, data, risk).
        is_late: Whether it came after its due day; then it is never counted green.
        alerts: What rooms beside this one say of the months, as label and words.
        last_delivered: Month of the last report, where this one is missing.
        evidence: Display line (EVI-184); empty = not testable.
        content_hash, previous_hash: Links of the chain, empty where not delivered.
    """

    key: str
    title: str
    owner: str
    phase: str
    stated: Light
    computed: Light
    sentence: str = ""
    parts: Mapping[str, Light] | None = None
    planned_cost: Amount = None
    actual_cost: Amount = None
    forecast_cost: Amount = None
    next_gate: str = ""
    gate_on: date | None = None
    lead_time: str = ""
    forecast: str = ""
    indicators: tuple[IndicatorLine, ...] = ()
    data_delivery: str = ""
    risks: tuple[RiskLine, ...] = ()
    decisions: tuple[NeededDecision, ...] = ()
    corrections: tuple[str, ...] = ()
    alerts: tuple[tuple[str, str], ...] = ()
    is_late: bool = False
    evidence: str = ""
    last_delivered: str = ""
    delivered_on: date | None = None
    role: str = ""
    content_hash: str = ""
    previous_hash: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PortfolioReport:
    """All projects of one municipality in one month; nothing is averaged (PF-106)."""

    municipality: str
    month: str
    created: date
    projects: tuple[ProjectReport, ...]
    at_risk: Amount = None
    oldest_risk: str = ""
    funding_ends: tuple[str, ...] = ()
    phase_changes: tuple[str, ...] = ()
    provenance: tuple[tuple[str, str], ...] = ()
    is_demo: bool = False
