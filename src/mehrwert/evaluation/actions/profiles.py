"""Stores forms of council papers; each change is a new version (DOC-187)."""

import re

from django.db import transaction
from django.utils.translation import gettext

from mehrwert.base.actions import record_audit
from mehrwert.base.actor import Actor
from mehrwert.base.clock import now_us
from mehrwert.base.tenant import current_tenant_id
from mehrwert.evaluation.council_paper.profile import (
    ProfileError,
    built_in_profiles,
    read_profile,
)
from mehrwert.evaluation.errors import ProfileKeyError, ProfileRefusedError
from mehrwert.evaluation.models import HouseProfile

_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_VERSION_LINE = re.compile(r"^version:.*$", re.MULTILINE)
LONGEST_KEY, LONGEST_NAME = 60, 120
TAKEN_BY_PAGES = ("neu", "muster")


def save_profile(text: str, *, actor: Actor) -> HouseProfile:
    """Store a form as the next version of its key; an unchanged text adds nothing.

    Args:
        text: The form as YAML; its ``version`` line is set to the version it becomes.
        actor: Who saves it.

    Raises:
        ProfileRefusedError: It is no form, or does what no form may do.
        ProfileKeyError: Its key belongs to a form that comes along, or cannot stand in an address.
    """
    try:
        profile = read_profile(text)
    except ProfileError as error:
        sentences = [gettext(one.sentence) % one.data for one in error.defects]
        raise ProfileRefusedError(reasons=" ".join(sentences)) from error
    if (
        profile.key in {*built_in_profiles(), *TAKEN_BY_PAGES}
        or not _KEY.fullmatch(profile.key)
        or len(profile.key) > LONGEST_KEY
    ):
        raise ProfileKeyError(key=profile.key[:LONGEST_KEY])
    with transaction.atomic():
        rows = HouseProfile.objects.select_for_update().filter(key=profile.key)
        newest = rows.order_by("-version").first()
        number = newest.version + 1 if newest else 1
        if newest and _versioned(text, newest.version) == newest.text:
            return newest
        row = HouseProfile.objects.create(
            tenant_id=current_tenant_id(),
            key=profile.key,
            version=number,
            name=profile.name[:LONGEST_NAME],
            text=_versioned(text, number),
            made_us=now_us(),
            made_by=actor.label,
        )
        record_audit(
            actor=actor,
            verb="update" if newest else "create",
            kind="house_profile",
            object_id=row.pk,
            label=row.name,
            after={"key": row.key, "version": number},
            tenant_id=row.tenant_id,
        )
    return row


def _versioned(text: str, number: int) -> str:
    return _VERSION_LINE.sub(f"version: {number}", text.replace("\r\n", "\n").strip(), count=1)
