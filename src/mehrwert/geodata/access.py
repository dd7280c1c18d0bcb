"""The only way for a door to a closure of its own municipality."""

from mehrwert.base.rows import first_of
from mehrwert.geodata.errors import UnknownClosureError
from mehrwert.geodata.models import Closure


def find_closure(closure_id: int) -> Closure:
    """Return a closure of the municipality in scope.

    Raises:
        UnknownClosureError: No such closure there.
    """
    return first_of(Closure.objects.filter(pk=closure_id), UnknownClosureError)
