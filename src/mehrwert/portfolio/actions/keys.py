"""A common cost and who shares it; nothing is booked, everything is a proposal."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction

from mehrwert.base.actions import record_audit
from mehrwert.base.actor import Actor
from mehrwert.base.clock import now_us
from mehrwert.base.tenant import current_tenant_id
from mehrwert.catalogue.queries import read_home
from mehrwert.municipalities.models import Tenant
from mehrwert.portfolio.choices import GameModel
from mehrwert.portfolio.errors import PartnerTwiceError, TooFewPartnersError, WeightsError
from mehrwert.portfolio.models import CostShare, Project, SharePartner
from mehrwert.portfolio.rules.keys import Payer

FEWEST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareInput:
    """See ``CostShare``; the weights are per cent."""

    title: str
    total_eur: Decimal
    model: GameModel = GameModel.NONE
    fixed_eur: Decimal | None = None
    weight_equal: Decimal = Decimal(30)
    weight_head: Decimal = Decimal(40)
    weight_use: Decimal = Decimal(30)
    note: str = ""
    chosen_key: str = ""
    review_on: date | None = None


def save_share(
    row: CostShare | None,
    given: ShareInput,
    payers: Sequence[Payer],
    *,
    project: Project | None = None,
    actor: Actor,
) -> CostShare:
    """Keep a common cost with its partners; partners not given any more are removed.

    An official key without inhabitants takes them from the register.

    Raises:
        TooFewPartnersError: Fewer than two partners that are no candidates.
        PartnerTwiceError: A key stands twice.
        WeightsError: The parts of the mixed key are not 100 per cent.
    """
    _check(given, payers)
    with transaction.atomic():
        is_new = row is None
        share = row or CostShare(tenant_id=current_tenant_id(), created_us=now_us())
        for name, value in asdict(given).items():
            setattr(share, name, value)
        if project is not None:
            share.project = project
        share.is_demo = Tenant.objects.get(pk=share.tenant_id).is_demo
        share.changed_us = now_us()
        share.save()
        SharePartner.objects.filter(share=share).delete()
        SharePartner.objects.bulk_create(
            SharePartner(tenant_id=share.tenant_id, share=share, position=place, **_filled(payer))
            for place, payer in enumerate(payers)
        )
        _audit(share, "create" if is_new else "update", actor)
    return share


def discard_share(row: CostShare, *, actor: Actor) -> None:
    """Forget a common cost."""
    with transaction.atomic():
        _audit(row, "delete", actor)
        row.delete()


def _check(given: ShareInput, payers: Sequence[Payer]) -> None:
    if sum(not payer.is_candidate for payer in payers) < FEWEST:
        raise TooFewPartnersError
    seen: set[str] = set()
    for payer in payers:
        if payer.key in seen:
            raise PartnerTwiceError(key=payer.key)
        seen.add(payer.key)
    weights = (given.weight_equal, given.weight_head, given.weight_use)
    if sum(weights) != 100 or min(weights) < 0:
        raise WeightsError


def _filled(payer: Payer) -> dict[str, object]:
    values = asdict(payer)
    if payer.inhabitants is None:
        place = read_home(payer.key)
        values["inhabitants"] = place.population if place else None
    return values


def _audit(row: CostShare, verb: str, actor: Actor) -> None:
    record_audit(
        actor=actor,
        verb=verb,
        kind="cost_share",
        object_id=row.pk,
        label=row.title,
        after={"total_eur": str(row.total_eur)},
        tenant_id=row.tenant_id,
    )
