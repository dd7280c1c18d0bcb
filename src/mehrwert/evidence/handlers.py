"""What is known changed, or a solution appeared: the catalogue is told; twice does no harm."""

from mehrwert.catalogue.events import SolutionPublished
from mehrwert.catalogue.queries import read_root
from mehrwert.evidence.actions import show_in_catalogue
from mehrwert.evidence.events import EvidenceChanged


def on_evidence(event: EvidenceChanged, *, tenant_id: int | None) -> None:
    """Show the newest synthesis on pages and in lists of the catalogue."""
    show_in_catalogue(event.solution_root, is_demo=event.is_demo)


def on_solution(event: SolutionPublished, *, tenant_id: int | None) -> None:
    """Show on a new entry what was found about its family before it was entered."""
    root, is_demo = read_root(event.solution_id)
    if root:
        show_in_catalogue(root, is_demo=is_demo)
