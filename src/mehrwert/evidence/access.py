"""The only way for a door to a finding of its own municipality."""

from mehrwert.base.rows import first_of
from mehrwert.evidence.errors import UnknownFindingError
from mehrwert.evidence.models import Finding


def find_finding(finding_id: int) -> Finding:
    """Return a finding of the municipality in scope, drafted or released.

    Raises:
        UnknownFindingError: No such finding there.
    """
    return first_of(Finding.objects.filter(pk=finding_id), UnknownFindingError)


def find_finding_of(reference: str) -> Finding | None:
    """Return the finding of an evaluation of the municipality in scope, None before a result."""
    return Finding.objects.filter(reference=reference).first()
