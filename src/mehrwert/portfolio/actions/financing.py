"""Fundings with their end, what is switched off in return, what a project depends on."""

from collections import defaultdict
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction

from mehrwert.base.actor import Actor
from mehrwert.base.clock import now_us
from mehrwert.portfolio.actions.common import audit, changeable
from mehrwert.portfolio.choices.indicators import DEPENDENCY_LABELS
from mehrwert.portfolio.errors import CircleError, ReasonMissingError, SplitSumError
from mehrwert.portfolio.models import Dependency, Funding, Project, Replacement, SpatialSplit
from mehrwert.portfolio.rules.dependencies import leads_to
from mehrwert.portfolio.rules.financing import LEVELS


@dataclass(frozen=True, slots=True, kw_only=True)
class FundingInput:
    """One funding: programme, funded share of running cost (0 to 1), last funded day."""

    programme: str
    share: Decimal
    ends_on: date
    committed_until: date | None = None


def add_funding(row: Project, given: FundingInput, *, actor: Actor) -> Funding:
    """Note a funding.

    Raises:
        ProjectEndedError: The project is ended.
    """
    with transaction.atomic():
        row = changeable(row)
        made = Funding.objects.create(tenant_id=row.tenant_id, project=row, **asdict(given))
        audit(actor, "add_funding", row, after=asdict(given))
    return made


def decide_funding(funding: Funding, *, on: date, decision: str, actor: Actor) -> Funding:
    """Note how it goes on after a funding (PF-152).

    Raises:
        ReasonMissingError: Nothing was said.
    """
    if not decision.strip():
        raise ReasonMissingError
    with transaction.atomic():
        row = Funding.objects.select_for_update().get(pk=funding.pk)
        row.decided_on, row.decision = on, decision.strip()[:300]
        row.save(update_fields=["decided_on", "decision"])
        after = {"programme": row.programme, "decision": row.decision}
        audit(actor, "decide", row.project, after=after)
    return row


@dataclass(frozen=True, slots=True)
class FunderField:
    """One field of a funder's form; ``indicator`` is an own key, empty while the field is open.

    ``factor`` is a decimal as text that turns the own unit into the funder's.
    """

    name: str
    unit: str = ""
    indicator: str = ""
    factor: str = "1"
    rule: str = "sum"


def map_funder_fields(
    funding: Funding, fields: tuple[FunderField, ...], *, actor: Actor
) -> Funding:
    """Note what the funder asks for, and from which own indicators it comes (PF-116).

    Raises:
        ProjectEndedError: The project is ended.
    """
    with transaction.atomic():
        changeable(funding.project)
        row = Funding.objects.select_for_update().get(pk=funding.pk)
        row.fields = [asdict(one) for one in fields]
        row.save(update_fields=["fields"])
        after = {"programme": row.programme, "fields": len(fields)}
        audit(actor, "update", row.project, after=after)
    return row


def add_replacement(
    row: Project, name: str, *, off_on: date, yearly_eur: Decimal, confirmed_by: str, actor: Actor
) -> Replacement:
    """Note an old procedure or licence that is switched off in return (PF-154)."""
    with transaction.atomic():
        row = changeable(row)
        made = Replacement.objects.create(
            tenant_id=row.tenant_id,
            project=row,
            name=name.strip()[:160],
            off_on=off_on,
            yearly_eur=yearly_eur,
            confirmed_by=confirmed_by.strip()[:120],
        )
        audit(actor, "add_replacement", row, after={"name": made.name, "off_on": off_on})
    return made


def confirm_replacement(one: Replacement, *, confirmed_by: str, actor: Actor) -> Replacement:
    """Note who confirms that something old is switched off; from then on it counts (PF-154).

    Raises:
        ReasonMissingError: Nobody is named.
    """
    if not confirmed_by.strip():
        raise ReasonMissingError
    with transaction.atomic():
        row = Replacement.objects.select_for_update().get(pk=one.pk)
        row.confirmed_by = confirmed_by.strip()[:120]
        row.save(update_fields=["confirmed_by"])
        after = {"name": row.name, "confirmed_by": row.confirmed_by}
        audit(actor, "confirm_replacement", row.project, after=after)
    return row


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitInput:
    """Where the benefit arises.

    Args:
        shares: Level → per cent; all four levels, together 100.
        evidence: Level → what its share rests on.
        shared_positions: Positions of the cost sheet that serve others too.
    """

    shares: dict[str, Decimal]
    evidence: dict[str, str]
    shared_positions: tuple[str, ...] = ()


def plan_split(row: Project, given: SplitInput, *, actor: Actor) -> SpatialSplit:
    """Keep where the benefit of a project arises (PF-153).

    Raises:
        SplitSumError: The shares do not add up to 100 per cent.
        ProjectEndedError: The project is ended.
    """
    if set(given.shares) != set(LEVELS) or sum(given.shares.values()) != 100:
        raise SplitSumError
    with transaction.atomic():
        row = changeable(row)
        evidence = {
            f"{level}_evidence": given.evidence.get(level, "").strip()[:200] for level in LEVELS
        }
        made, _ = SpatialSplit.objects.update_or_create(
            tenant_id=row.tenant_id,
            project=row,
            defaults={
                **given.shares,
                **evidence,
                "shared_positions": list(given.shared_positions),
                "changed_us": now_us(),
            },
        )
        audit(actor, "plan_split", row, after={k: str(v) for k, v in given.shares.items()})
    return made


def add_dependency(
    row: Project, target: Project, kind: str, *, role: str, actor: Actor
) -> Dependency:
    """Note that a project needs, feeds or replaces another; who says so confirms it (PF-109).

    Raises:
        CircleError: The other one already depends on this one.
        ReasonMissingError: No such kind.
    """
    if kind not in DEPENDENCY_LABELS:
        raise ReasonMissingError
    with transaction.atomic():
        row = changeable(row)
        edges: dict[int, list[int]] = defaultdict(list)
        for start, end in Dependency.objects.filter(kind=kind).values_list("project", "target"):
            edges[start].append(end)
        if leads_to(edges, target.pk, row.pk):
            raise CircleError
        made, is_new = Dependency.objects.get_or_create(
            project=row,
            target=target,
            kind=kind,
            defaults={
                "tenant_id": row.tenant_id,
                "confirmed_us": now_us(),
                "confirmed_by": role[:60],
            },
        )
        if is_new:
            audit(actor, "depend", row, after={"kind": kind, "target": target.title})
    return made
