"""What a council paper is made of: plain values that are known, or known to be unknown.

Effects arrive as people read them; they were worded once, by the room that measured. Money is
``Decimal`` in euros and ``None`` where nobody knows it; 0 is an amount like any other.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from mehrwert.base.marks import mark
from mehrwert.documents.model import Figure

DecisionKey = Literal["continue", "adapt_limited", "continue_jointly", "end", "not_yet_decidable"]
Amount = Decimal | None

# stable key → name, portfolio.md 9.3
COST_POSITIONS: dict[str, str] = {
    "preparation": mark("Vorbereitung, Vergabe"),
    "licence": mark("Lizenz, Kauf"),
    "development": mark("Entwicklung, Anpassung"),
    "hardware": mark("Geräte, Sensoren"),
    "connectivity": mark("Netz"),
    "integration": mark("Schnittstellen"),
    "data_protection": mark("Datenschutz, Sicherheit, Prüfung"),
    "introduction": mark("Einführung, Schulung"),
    "operation": mark("Betrieb, Hosting"),
    "maintenance": mark("Pflege, Ersatz nach Lebensdauer"),
    "staff": mark("eigenes Personal"),
    "evaluation": mark("Messen, Berichten"),
    "exit": mark("Ausstieg, Datenausgabe"),
    "vat": mark("Umsatzsteuer"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What stands at the top; units are offices, never people."""

    title: str
    author: str
    created: date
    number: str = ""
    kind: Literal["decision", "report", "inquiry"] = "decision"
    is_public: bool = True
    lead: str = ""
    involved: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Consultation:
    """One body that deals with the paper."""

    body: str
    session: date | None = None
    role: str = ""
    is_authoritative: bool = False
    organization: str = ""  # OParl address of the body, if known


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What was measured, as people read it.

    Attributes:
        solution: Name as it stands in a sentence.
        indicator: Name of the indicator.
        sentence: The one sentence that class and direction allow (EVI-182).
        value: For example ``−18 %``; empty where there is none.
        span: ``−30 % bis −4 %``; empty where there is no interval.
        bounds: Ends of the interval as stored (below 0 is better), for the language guard.
        basis: Own measurement, or experience of n municipalities.
        evidence_class: 0 to 4.
        class_words: The class in words.
        display: The display line (EVI-184), empty where it was not made.
        data_as_of: Day up to which data were used, as people read it.
    """

    solution: str
    indicator: str
    sentence: str
    value: str = ""
    span: str = ""
    bounds: tuple[float, float] | None = None
    basis: str = ""
    evidence_class: int = 0
    class_words: str = ""
    display: str = ""
    data_as_of: str = ""


@dataclass(frozen=True, slots=True)
class CostLine:
    """One of the fourteen positions; 0 needs a reason, ``None`` is unknown."""

    once: Amount = None
    yearly: Amount = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Year:
    """Follow-up of one budget year."""

    year: int
    expense: Amount = None
    income: Amount = None
    savings: Amount = None


@dataclass(frozen=True, slots=True)
class LaterCost:
    """A cost that only arises later, for example replaced sensors."""

    year: int
    what: str
    amount: Amount = None


@dataclass(frozen=True, slots=True)
class Funding:
    """Money of others with its end."""

    programme: str
    share: str = ""
    state: Literal["", "applied", "granted"] = ""
    ends: date | None = None
    committed_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finance:
    """The financial block (DOC-83); everything is printed, also what is unknown."""

    investive: Amount = None
    consumptive: Amount = None
    account: str = ""
    planned: Literal["", "yes", "partly", "no"] = ""
    cover: str = ""
    funding: tuple[Funding, ...] | None = None
    depreciation: Amount = None
    years: tuple[Year, ...] = ()
    later: tuple[LaterCost, ...] | None = None
    own_share_after_funding: Amount = None
    per_inhabitant: Amount = None
    per_inhabitant_span: str = ""
    positions: Mapping[str, CostLine] = field(default_factory=dict)
    hours_per_year: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """One way to act; ``missing`` says why a value is not there."""

    key: Literal["proposed", "nothing", "joint", "market", "other"]
    label: str = ""
    effect: str = ""
    evidence_class: int | None = None
    yearly: Amount = None
    per_inhabitant: Amount = None
    value_first_rate: Amount = None
    value_second_rate: Amount = None
    chance: float | None = None
    missing: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What the table proposes and what is put before the body.

    Attributes:
        key: What is put before the body.
        table_key: What the decision table proposes.
        table_row: Row of the table, 0 where it was not asked.
        override_reason: Why both differ.
        until: Day on which it ends or is looked at again; ``end`` and ``adapt_limited`` need it.
        partners: With whom, for ``continue_jointly``.
        adaptation: What is changed, for ``adapt_limited``.
        data_handover: Who receives the data, for ``end``.
        basis: What the table was asked with, own measurement or forecast, in words.
    """

    key: DecisionKey
    table_key: DecisionKey
    table_row: int = 0
    override_reason: str = ""
    until: date | None = None
    partners: str = ""
    adaptation: str = ""
    data_handover: str = ""
    basis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """How it goes on (DOC-183); for ``end`` the day of the learning report."""

    indicator: str = ""
    target: str = ""
    next_report: date | None = None
    stop_criterion: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknowns:
    """What is not known; ``None`` where not even that was looked up.

    ``flips`` completes „Die Entscheidung kippt, wenn …“; ``holds`` says that harder cases were
    computed and change nothing.
    """

    checks: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    overdue: tuple[int, int] | None = None
    is_outside_experience: bool = False
    objections: tuple[str, ...] = ()
    flips: str = ""
    holds: bool = False
    smallest_measurement: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperFacts:
    """Everything one paper says.

    Attributes:
        texts: Section key → text that a person typed; marked as typed, guarded like the rest.
        notes: Required notes, key → text.
        others: Section key → lines of rooms above or beside; absent = not checked.
        legal: The legal light in words; empty = legally not checked.
        rates: Both discount rates in words.
        provenance: Label and value: installation, data as of, rule sets and methods.
        is_demo: Everything in it is invented.
    """

    head: Head
    proposal: Proposal
    review: Review
    unknowns: Unknowns
    effects: tuple[Effect, ...] = ()
    figures: tuple[Figure, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    finance: Finance = Finance()
    consultations: tuple[Consultation, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    others: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    legal: str = ""
    rates: tuple[str, str] = ("0,9 %", "3 %")
    annexes: tuple[str, ...] = ()
    cosigned: tuple[str, ...] = ()
    provenance: tuple[tuple[str, str], ...] = ()
    is_demo: bool = False

    @property
    def effect(self) -> Effect | None:
        """Return the main effect."""
        return self.effects[0] if self.effects else None
