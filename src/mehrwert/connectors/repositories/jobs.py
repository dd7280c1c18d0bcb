"""Reads the copies of repositories that the operator keeps; off unless a folder is named."""

from pathlib import Path

from django.conf import settings
from django_tasks import task

from mehrwert.base.actor import Actor
from mehrwert.base.clock import from_us, now_us
from mehrwert.base.errors import MehrwertError
from mehrwert.connectors.repositories import actions, queries
from mehrwert.connectors.repositories.choices import Way
from mehrwert.connectors.repositories.cloned import read_clone

ACTOR = Actor("system", label="read_copies")


@task()
def read_copies() -> int:
    """Read each folder ``<slug>`` or ``<slug>.git`` of the option; return how many were read."""
    folder = settings.MEHRWERT.repository_copies
    if not folder:
        return 0
    today, done = from_us(now_us()).date(), 0
    for copy in sorted(path for path in Path(folder).iterdir() if path.is_dir()):
        solution = queries.read_public(copy.name.removesuffix(".git"))
        if solution is None:
            continue
        try:
            history = read_clone(copy, today)
            actions.store_history(solution, history, Way.CLONE, actor=ACTOR)
            done += 1
        except MehrwertError as error:
            actions.note_trouble(solution, Way.CLONE, str(error))
    return done
