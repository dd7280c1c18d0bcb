"""Rows of the official register."""

from mehrwert.base.rows import first_of
from mehrwert.municipalities.errors import UnknownMunicipalityError
from mehrwert.municipalities.models import Municipality, Tenant


def read_municipality(level: str, ars: str) -> Municipality:
    """Return one row of the register.

    Raises:
        UnknownMunicipalityError: No such row.
    """
    return first_of(Municipality.objects.filter(level=level, ars=ars), UnknownMunicipalityError)


def read_official(tenant: Tenant) -> Municipality | None:
    """Return the register row of a municipality, None for an invented one."""
    return Municipality.objects.filter(level=tenant.level, ars=tenant.ars).first()
