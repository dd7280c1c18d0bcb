"""The blocks into which costs are put together, so that towns can be compared part by part."""

from enum import StrEnum

from mehrwert.base.marks import mark


class CostBlock(StrEnum):
    """Blocks of a cost sheet (transfer.md 5.1), and the sum of somebody who cannot split it."""

    UNSPLIT = "unsplit"
    DEVELOPMENT = "development"
    INTRODUCTION = "introduction"
    TRAINING = "training"
    HARDWARE = "hardware"
    OPERATION = "operation"
    OPERATION_DRIVEN = "operation_driven"
    FURTHER = "further"
    STAFF = "staff"
    EXIT = "exit"


COST_BLOCK_LABELS: dict[str, str] = {
    CostBlock.UNSPLIT: mark("Summe, nicht aufgeteilt"),
    CostBlock.DEVELOPMENT: mark("Erstentwicklung"),
    CostBlock.INTRODUCTION: mark("Einführung"),
    CostBlock.TRAINING: mark("Schulung"),
    CostBlock.HARDWARE: mark("Geräte"),
    CostBlock.OPERATION: mark("Betrieb, fest"),
    CostBlock.OPERATION_DRIVEN: mark("Betrieb, nach Menge"),
    CostBlock.FURTHER: mark("Weiterentwicklung"),
    CostBlock.STAFF: mark("Personal in Euro"),
    CostBlock.EXIT: mark("Ausstieg"),
}
# the parts of a whole that is split
SPLIT_BLOCKS: tuple[CostBlock, ...] = tuple(b for b in CostBlock if b is not CostBlock.UNSPLIT)
