"""What waits for a second person in a municipality (CAT-404)."""

from django.db.models import Q

from mehrwert.catalogue.choices import LookState
from mehrwert.catalogue.errors import UnknownSolutionError
from mehrwert.catalogue.models import SecondLook
from mehrwert.municipalities.models import Tenant


def list_second_looks(tenant: Tenant) -> list[SecondLook]:
    """Return the texts that wait for a second person here, also those of others, oldest first."""
    rows = SecondLook.asked.filter(_visible_to(tenant), state=LookState.WAITING)
    return list(rows.select_related("solution").order_by("pk"))


def list_helpers(tenant: Tenant) -> list[Tenant]:
    """Return the other municipalities of this installation that may be asked to look.

    An invented one asks invented ones, a real one real ones.
    """
    others = Tenant.objects.filter(is_demo=tenant.is_demo, read_only=False, suspended_us=None)
    return list(others.exclude(pk=tenant.pk).order_by("name", "pk"))


def _visible_to(tenant: Tenant) -> Q:
    return Q(tenant_id=tenant.pk) | Q(helper_tenant_id=tenant.pk)


def read_second_look(tenant: Tenant, look_id: int) -> SecondLook:
    """Return one text that waits or waited, of this municipality or for it to look at.

    Raises:
        UnknownSolutionError: There is none.
    """
    rows = SecondLook.asked.filter(_visible_to(tenant), pk=look_id)
    found = rows.select_related("solution").first()
    if found is None:
        raise UnknownSolutionError
    return found
