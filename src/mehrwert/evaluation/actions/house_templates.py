"""Stores a house's own ODT and Word templates; each change is a new row."""

import hashlib

from django.db import transaction
from django.utils.translation import gettext

from mehrwert.base.actions import record_audit
from mehrwert.base.actor import Actor
from mehrwert.base.clock import now_us
from mehrwert.base.tenant import current_tenant_id
from mehrwert.documents.errors import TemplateError
from mehrwert.evaluation.errors import HouseTemplateRefusedError
from mehrwert.evaluation.house_templates import REFUSALS, kind_of, newest
from mehrwert.evaluation.models import HouseTemplate

LONGEST_NAME = 120


def save_house_template(name: str, content: bytes, *, actor: Actor) -> HouseTemplate:
    """Store a template; drafts take it from now on, released papers keep theirs.

    Args:
        name: Of the file.
        content: The file.
        actor: Who saves it.

    Raises:
        HouseTemplateRefusedError: It cannot be used; the sentence says why.
    """
    try:
        kind = kind_of(content)
    except TemplateError as error:
        sentence = gettext(REFUSALS[error.code]) % error.data
        raise HouseTemplateRefusedError(reasons=sentence) from error
    digest = hashlib.sha256(content).hexdigest()
    before = newest(kind)
    if before is not None and before.content_hash == digest:
        return before
    return _add(kind, name.strip()[-LONGEST_NAME:], content, digest, actor)


def remove_house_template(kind: str, *, actor: Actor) -> None:
    """Let drafts stand on our own paper again; what was released keeps its template."""
    before = newest(kind)
    if before is not None:
        _add(kind, before.name, b"", "", actor)


def _add(kind: str, name: str, content: bytes, digest: str, actor: Actor) -> HouseTemplate:
    with transaction.atomic():
        row = HouseTemplate.objects.create(
            tenant_id=current_tenant_id(),
            kind=kind,
            name=name,
            content=content,
            content_hash=digest,
            made_us=now_us(),
            made_by=actor.label[:200],
        )
        record_audit(
            actor=actor,
            verb="create" if content else "delete",
            kind="house_template",
            object_id=row.pk,
            label=name,
            after={"kind": kind, "content_hash": digest},
            tenant_id=row.tenant_id,
        )
    return row
