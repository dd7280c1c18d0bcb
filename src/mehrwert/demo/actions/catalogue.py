"""Fills the pages of the catalogue that somebody signed in works with: drafts, lists, tasks."""

from mehrwert.base.actor import Actor
from mehrwert.base.tenant import tenant_scope
from mehrwert.catalogue import actions as catalogue
from mehrwert.catalogue.queries import list_second_looks, read_own_catalogue
from mehrwert.demo.choices import BY_ROLE
from mehrwert.demo.queries import read_character
from mehrwert.demo.solutions import DRAFT, FOLLOWED, MISSED, NAMING
from mehrwert.municipalities.models import Tenant


def begin_entries(tenant: Tenant) -> None:
    """Begin an entry, let another wait for a second person, follow two lists; once.

    The editor did it: so somebody else can be the second person in the demo.
    """
    editor = read_character(BY_ROLE["editor"])
    begun = {row.name for row in read_own_catalogue(tenant).entries}
    if editor is None or DRAFT["name"] in begun:
        return
    actor = Actor("user", editor.pk, str(editor))
    with tenant_scope(tenant.pk):
        catalogue.create_draft(tenant, DRAFT, actor=actor)
        row = catalogue.create_draft(tenant, NAMING, actor=actor)
        if not list_second_looks(tenant):
            proposed = catalogue.Proposed(row.profile)
            catalogue.ask_second_person(row, tenant, proposed, actor=actor)
    for query, name in FOLLOWED:
        catalogue.save_search(editor.pk, query, name)
    for text, times in MISSED:
        for _ in range(times):
            catalogue.note_missed_search(text)
