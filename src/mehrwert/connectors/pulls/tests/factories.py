"""Pulls as towns have them."""

from django.conf import settings

from mehrwert.base.actor import SYSTEM
from mehrwert.base.tenant import tenant_scope
from mehrwert.connectors.pulls import actions

PEGEL = {"station": "BONN", "series": "W"}


def make_pull(tenant_id, recipe="pegelonline", answers=PEGEL, login=None, **more):
    """A pull; paused where no host is allowed, so that nobody is asked."""
    with tenant_scope(tenant_id):
        form = actions.PullForm(more.pop("name", "Pegel"), answers, 900, **more)
        return actions.create_pull(
            recipe,
            form,
            login or actions.Credentials(),
            actor=SYSTEM,
            paused=not settings.MEHRWERT.outgoing_hosts,
        )
