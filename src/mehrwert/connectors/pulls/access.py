"""The only way for a door to a pull of the town in scope."""

from mehrwert.base.rows import first_of
from mehrwert.connectors.pulls.errors import UnknownPullError
from mehrwert.connectors.pulls.models import Pull


def find_pull(source_id: int) -> Pull:
    """Return the pull of a source.

    Raises:
        UnknownPullError: No such pull there.
    """
    return first_of(
        Pull.objects.select_related("source").filter(source_id=source_id), UnknownPullError
    )
