"""Rows of the official register."""

from mehrwert.municipalities.errors import UnknownMunicipalityError
from mehrwert.municipalities.models import Municipality, Tenant


def read_municipality(level: str, ars: str) -> Municipality:
    """Return one row of the register.

    Raises:
        UnknownMunicipalityError: No such row.
    """
    row = Municipality.objects.filter(level=level, ars=ars).first()
    if row is None:
        raise UnknownMunicipalityError
    return row


def read_official(tenant: Tenant) -> Municipality | None:
    """Return the register row of a municipality, None for an invented one."""
    return Municipality.objects.filter(level=tenant.level, ars=tenant.ars).first()
