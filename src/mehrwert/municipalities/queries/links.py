"""Short names of views."""

from mehrwert.base.errors import NotFoundError
from mehrwert.municipalities.models import ShortLink, Tenant


def read_short_code(tenant: Tenant, path: str) -> str:
    """Return the short name of a view, empty while it has none."""
    found = ShortLink.objects.filter(tenant=tenant, path=path).values_list("code", flat=True)
    return found.first() or ""


def read_short_path(tenant: Tenant, code: str) -> str:
    """Return what a short name stands for.

    Raises:
        NotFoundError: This municipality has no such short name.
    """
    found = ShortLink.objects.filter(tenant=tenant, code=code).values_list("path", flat=True)
    path = found.first()
    if path is None:
        raise NotFoundError
    return path
