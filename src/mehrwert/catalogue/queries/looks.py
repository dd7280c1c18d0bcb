"""What waits for a second person in a municipality (CAT-404)."""

from mehrwert.catalogue.choices import LookState
from mehrwert.catalogue.errors import UnknownSolutionError
from mehrwert.catalogue.models import SecondLook
from mehrwert.municipalities.models import Tenant


def list_second_looks(tenant: Tenant) -> list[SecondLook]:
    """Return the texts that wait for a second person, oldest first."""
    rows = SecondLook.objects.filter(tenant_id=tenant.pk, state=LookState.WAITING)
    return list(rows.select_related("solution").order_by("pk"))


def read_second_look(tenant: Tenant, look_id: int) -> SecondLook:
    """Return one text that waits or waited.

    Raises:
        UnknownSolutionError: There is none in this municipality.
    """
    rows = SecondLook.objects.filter(tenant_id=tenant.pk, pk=look_id)
    found = rows.select_related("solution").first()
    if found is None:
        raise UnknownSolutionError
    return found
