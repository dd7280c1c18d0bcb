"""What a municipality has in the catalogue: its entries, what sources say of it."""

from dataclasses import dataclass

from mehrwert.catalogue.choices import Basis
from mehrwert.catalogue.models import Adoption, Solution
from mehrwert.catalogue.queries.finding import home_of_tenant
from mehrwert.catalogue.queries.orphans import list_takeable
from mehrwert.municipalities.models import Tenant


@dataclass(frozen=True, slots=True)
class OwnCatalogue:
    """Entries of a municipality and what is to be answered.

    Args:
        entries: Its entries, drafts included, newest first.
        declared: What it says of its own use.
        documented: Places of sources that mean it and wait for an answer.
        claimable: Entries that nobody looks after and that it may take over.
    """

    entries: list[Solution]
    declared: list[Adoption]
    documented: list[Adoption]
    claimable: list[Solution]


def read_own_catalogue(tenant: Tenant) -> OwnCatalogue:
    """Return what a municipality has in the catalogue."""
    place = home_of_tenant(tenant)
    declared = Adoption.objects.select_related("solution").filter(
        tenant_id=tenant.pk, basis=Basis.DECLARED
    )
    answered = {row.solution_id for row in declared}
    documented: list[Adoption] = []
    if place.key:
        told = Adoption.objects.select_related("solution").filter(
            place_level=place.level,
            place_key=place.key,
            basis=Basis.DOCUMENTED,
            is_denied=False,
        )
        documented = [row for row in told.order_by("pk") if row.solution_id not in answered]
    return OwnCatalogue(
        entries=list(
            Solution.objects.filter(owner_tenant_id=tenant.pk).order_by("-changed_us", "pk")
        ),
        declared=list(declared.order_by("solution__sort_name")),
        documented=documented,
        claimable=list(list_takeable(tenant).exclude(owner_tenant_id=tenant.pk)),
    )
