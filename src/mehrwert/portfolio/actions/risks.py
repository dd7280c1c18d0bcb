"""Risk → countermeasure → did it help (PF-107)."""

from datetime import date

from django.db import transaction

from mehrwert.base.actor import Actor
from mehrwert.portfolio.actions.common import audit, changeable
from mehrwert.portfolio.actions.lights import refresh_lights
from mehrwert.portfolio.choices.reports import CHECK_LABELS, RISK_SIZE_LABELS
from mehrwert.portfolio.errors import ReasonMissingError
from mehrwert.portfolio.models import Countermeasure, CountermeasureCheck, Project, Risk


def add_risk(row: Project, text: str, *, size: str, since: date, actor: Actor) -> Risk:
    """Note a risk.

    Raises:
        ReasonMissingError: No text, or no such size.
        ProjectEndedError: The project is ended.
    """
    if not text.strip() or size not in RISK_SIZE_LABELS:
        raise ReasonMissingError
    with transaction.atomic():
        row = changeable(row)
        made = Risk.objects.create(
            tenant_id=row.tenant_id, project=row, text=text.strip()[:300], size=size, since=since
        )
        audit(actor, "add_risk", row, after={"text": made.text, "size": size, "since": since})
        refresh_lights(row)
    return made


def add_countermeasure(
    risk: Risk, text: str, *, responsible: str, since: date, actor: Actor
) -> Countermeasure:
    """Note what is done about a risk, and which role takes care.

    Raises:
        ReasonMissingError: No text, or nobody takes care.
        ProjectEndedError: The project is ended.
    """
    if not text.strip() or not responsible.strip():
        raise ReasonMissingError
    with transaction.atomic():
        row = changeable(risk.project)
        made = Countermeasure.objects.create(
            tenant_id=row.tenant_id,
            risk=risk,
            text=text.strip()[:300],
            responsible=responsible.strip()[:120],
            since=since,
        )
        audit(actor, "add_measure", row, after={"risk": risk.text, "text": made.text})
        refresh_lights(row)
    return made


def check_countermeasure(
    measure: Countermeasure, effect: str, *, on: date, note: str = "", actor: Actor
) -> CountermeasureCheck:
    """Note whether a countermeasure helped.

    Raises:
        ReasonMissingError: No such answer.
    """
    if effect not in CHECK_LABELS:
        raise ReasonMissingError
    with transaction.atomic():
        made = CountermeasureCheck.objects.create(
            tenant_id=measure.tenant_id,
            countermeasure=measure,
            checked_on=on,
            effect=effect,
            note=note.strip()[:300],
        )
        after = {"measure": measure.text, "effect": effect}
        audit(actor, "check_measure", measure.risk.project, after=after)
    return made


def close_risk(risk: Risk, *, on: date, reason: str, actor: Actor) -> Risk:
    """Note that a risk is gone.

    Raises:
        ReasonMissingError: No reason.
    """
    if not reason.strip():
        raise ReasonMissingError
    with transaction.atomic():
        row = Risk.objects.select_for_update().get(pk=risk.pk)
        row.closed_on, row.close_reason = on, reason.strip()[:300]
        row.save(update_fields=["closed_on", "close_reason"])
        audit(actor, "close_risk", row.project, after={"text": row.text, "reason": reason})
        refresh_lights(row.project)
    return row
