"""The only way for a door to a binding of the town in scope."""

from mehrwert.base.rows import first_of
from mehrwert.connectors.mqtt.errors import UnknownBindingError
from mehrwert.connectors.mqtt.models import Binding


def find_binding(source_id: int) -> Binding:
    """Return the binding of a source.

    Raises:
        UnknownBindingError: No such binding there.
    """
    return first_of(
        Binding.objects.select_related("source__codec").filter(source_id=source_id),
        UnknownBindingError,
    )
