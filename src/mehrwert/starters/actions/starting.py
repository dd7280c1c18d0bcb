"""A package with one command: from nothing to running."""

from mehrwert.alerts.actions import look_at_readings
from mehrwert.base.actor import Actor
from mehrwert.catalogue.choices import AdoptionStatus
from mehrwert.evaluation.queries import parse_month
from mehrwert.municipalities.actions import create_tenant
from mehrwert.municipalities.models import Tenant
from mehrwert.starters import queries
from mehrwert.starters.actions.installing import Answers, go_live, save_draft
from mehrwert.starters.actions.invented import load_demo_readings
from mehrwert.starters.choices import PieceKind
from mehrwert.starters.errors import WhichTownError
from mehrwert.starters.format.model import Package
from mehrwert.starters.models import Installation

INVENTED_SLUG, INVENTED_NAME, INVENTED_ARS = "probestadt", "Probestadt", "990000000770"


def town_for_start(slug: str, *, actor: Actor) -> Tenant:
    """Return the municipality meant: the named one, the only one, or a new invented one.

    Raises:
        WhichTownError: There is none of that name, or several and none was named.
    """
    towns = list(Tenant.objects.order_by("slug"))
    named = [town for town in towns if town.slug == slug]
    if (slug and not named) or (not slug and len(towns) > 1):
        raise WhichTownError(names=", ".join(town.slug for town in towns) or "–")
    if named or towns:
        return (named or towns)[0]
    return create_tenant(
        level="demo",
        ars=INVENTED_ARS,
        slug=INVENTED_SLUG,
        name=INVENTED_NAME,
        is_demo=True,
        actor=actor,
    )


def start_package(
    package: Package, town: Tenant, *, licence_accepted: bool, actor: Actor
) -> tuple[Installation, int]:
    """Set a package up with what it proposes; return it and how many readings were loaded.

    Invented readings get only into an invented town.

    Raises:
        LicenceNotAcceptedError: Nobody accepted the licence.
        AlreadyInstalledError: It runs there already.
    """
    parameters, answers = queries.proposed_answers(package, None, "", is_demo=town.is_demo)
    answers["start_month"] = parse_month(answers["start_month"])
    draft = save_draft(package, Answers(parameters, **answers), is_demo=town.is_demo, actor=actor)
    row = go_live(
        draft, licence_accepted=licence_accepted, status=AdoptionStatus.TRIAL, actor=actor
    )
    if not town.is_demo:
        return row, 0
    n = load_demo_readings(row, actor=actor)
    series = row.pieces.filter(kind=PieceKind.SERIES.value)
    look_at_readings(town.pk, [i for i in series.values_list("object_id", flat=True) if i])
    return row, n
