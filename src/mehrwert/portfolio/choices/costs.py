"""Words of costs: the fourteen positions, where an amount comes from, who may see it."""

from enum import StrEnum

from mehrwert.base.marks import mark
from mehrwert.catalogue.choices import CostBlock


class Position(StrEnum):
    """The fourteen positions (spec, 9.3), and the sum of somebody who cannot split it."""

    UNSPLIT = "unsplit"
    PREPARATION = "preparation"
    LICENCE = "licence"
    DEVELOPMENT = "development"
    HARDWARE = "hardware"
    CONNECTIVITY = "connectivity"
    INTEGRATION = "integration"
    DATA_PROTECTION = "data_protection"
    INTRODUCTION = "introduction"
    OPERATION = "operation"
    MAINTENANCE = "maintenance"
    STAFF = "staff"
    EVALUATION = "evaluation"
    EXIT = "exit"
    VAT = "vat"


POSITION_LABELS: dict[str, str] = {
    Position.UNSPLIT: mark("Summe, nicht aufgeteilt"),
    Position.PREPARATION: mark("Vorbereitung, Vergabe"),
    Position.LICENCE: mark("Lizenz, Kauf"),
    Position.DEVELOPMENT: mark("Entwicklung, Anpassung"),
    Position.HARDWARE: mark("Geräte, Sensoren"),
    Position.CONNECTIVITY: mark("Netz"),
    Position.INTEGRATION: mark("Schnittstellen"),
    Position.DATA_PROTECTION: mark("Datenschutz, Sicherheit, Prüfung"),
    Position.INTRODUCTION: mark("Einführung, Schulung"),
    Position.OPERATION: mark("Betrieb, Hosting"),
    Position.MAINTENANCE: mark("Pflege, Ersatz"),
    Position.STAFF: mark("eigenes Personal"),
    Position.EVALUATION: mark("Messen, Berichten"),
    Position.EXIT: mark("Ausstieg, Datenausgabe"),
    Position.VAT: mark("Umsatzsteuer"),
}
# the positions somebody answers; VAT follows from how the amounts are meant
ANSWERED: tuple[Position, ...] = tuple(
    p for p in Position if p not in {Position.UNSPLIT, Position.VAT}
)
# position → block of its one-off and of its yearly part (transfer.md 5.1)
BLOCK_OF: dict[Position, tuple[CostBlock, CostBlock]] = {
    Position.PREPARATION: (CostBlock.INTRODUCTION, CostBlock.INTRODUCTION),
    Position.LICENCE: (CostBlock.INTRODUCTION, CostBlock.OPERATION),
    Position.DEVELOPMENT: (CostBlock.DEVELOPMENT, CostBlock.FURTHER),
    Position.HARDWARE: (CostBlock.HARDWARE, CostBlock.HARDWARE),
    Position.CONNECTIVITY: (CostBlock.OPERATION, CostBlock.OPERATION),
    Position.INTEGRATION: (CostBlock.INTRODUCTION, CostBlock.INTRODUCTION),
    Position.DATA_PROTECTION: (CostBlock.INTRODUCTION, CostBlock.INTRODUCTION),
    Position.INTRODUCTION: (CostBlock.TRAINING, CostBlock.TRAINING),
    Position.OPERATION: (CostBlock.OPERATION, CostBlock.OPERATION),
    Position.MAINTENANCE: (CostBlock.OPERATION, CostBlock.OPERATION),
    Position.STAFF: (CostBlock.STAFF, CostBlock.STAFF),
    Position.EVALUATION: (CostBlock.OPERATION, CostBlock.OPERATION),
    Position.EXIT: (CostBlock.EXIT, CostBlock.EXIT),
}
# own staff bears no VAT
WITHOUT_VAT = frozenset({Position.STAFF})


class LineState(StrEnum):
    """What is known of a position: an amount, nothing at all, or 0 with its reason."""

    UNKNOWN = "unknown"
    AMOUNT = "amount"
    ZERO = "zero"


LINE_STATE_LABELS: dict[str, str] = {
    LineState.UNKNOWN: mark("nicht bekannt"),
    LineState.AMOUNT: mark("Betrag"),
    LineState.ZERO: mark("0, mit Grund"),
}


class VatState(StrEnum):
    """How the amounts are meant."""

    UNKNOWN = "unknown"
    INCLUDED = "included"
    EXCLUDED = "excluded"
    NOT_DUE = "not_due"


VAT_LABELS: dict[str, str] = {
    VatState.UNKNOWN: mark("nicht bekannt"),
    VatState.INCLUDED: mark("mit Umsatzsteuer (brutto)"),
    VatState.EXCLUDED: mark("ohne Umsatzsteuer (netto), sie kommt dazu"),
    VatState.NOT_DUE: mark("es fällt keine an, oder sie wird erstattet"),
}


class SourceKind(StrEnum):
    """Where amounts come from; the last three never enter a range (TRF-402)."""

    INVOICE = "invoice"
    CONTRACT = "contract"
    BUDGET = "budget"
    COUNCIL_PAPER = "council_paper"
    ESTIMATE = "estimate"
    VENDOR_PRICE = "vendor_price"
    PRESS = "press"


SOURCE_KIND_LABELS: dict[str, str] = {
    SourceKind.INVOICE: mark("Rechnung"),
    SourceKind.CONTRACT: mark("Vertrag"),
    SourceKind.BUDGET: mark("Haushalt"),
    SourceKind.COUNCIL_PAPER: mark("Ratsvorlage"),
    SourceKind.ESTIMATE: mark("Schätzung"),
    SourceKind.VENDOR_PRICE: mark("Preisliste eines Anbieters"),
    SourceKind.PRESS: mark("Presse"),
}


class CostVisibility(StrEnum):
    """Who sees what is paid (TRF-410)."""

    AGGREGATE = "aggregate"
    TENANT = "tenant"


COST_VISIBILITY_LABELS: dict[str, str] = {
    CostVisibility.AGGREGATE: mark("im Katalog, nur in Spannen ab drei Kommunen"),
    CostVisibility.TENANT: mark("nur für uns"),
}
