"""Makes the demo once: both towns, their people, the newest readings."""

from dataclasses import asdict
from pathlib import Path
from shutil import rmtree

from django.conf import settings
from django.db import connection, connections, transaction

from mehrwert.base.actions import set_setting
from mehrwert.base.actor import SYSTEM
from mehrwert.demo.errors import NotADemoError
from mehrwert.demo.queries import (
    BEGINNING,
    SHOWERS,
    Beginning,
    is_foreign,
    read_auental,
    read_beginning,
    read_muenster,
    read_shower_starts,
    read_story_town,
)
from mehrwert.demo.rules import Shower
from mehrwert.demo.rules.calendar import DAY_US

from .auental import prepare_auental
from .muenster import prepare_muenster
from .roles import make_people
from .sources import make_sources
from .story import make_story_town
from .watching import make_rules

HISTORY_DAYS = 730
NEWEST_DAYS = 35
MOST_SHOWERS = 20
TABLES = "demo-tables"


def seed(now_us: int) -> Beginning:
    """Make the towns with their newest readings; a demo that is made already stays as it is."""
    beginning = read_beginning()
    if beginning is not None and beginning.is_finished:
        return beginning
    if beginning is None:
        midnight_us = now_us // DAY_US * DAY_US
        beginning = Beginning(
            start_us=midnight_us - HISTORY_DAYS * DAY_US,
            newest_us=midnight_us - NEWEST_DAYS * DAY_US,
            seeded_us=now_us,
            is_finished=False,
        )
        set_setting(BEGINNING, asdict(beginning), actor=SYSTEM)
    showers = tuple(Shower(start) for start in read_shower_starts())
    auental = prepare_auental(beginning, showers, read_auental())
    muenster = prepare_muenster(Path(settings.DATA_DIR) / TABLES, read_muenster())
    make_people(auental, muenster, make_story_town(read_story_town()))
    make_rules(auental.pk)
    make_sources(auental.pk, now_us)
    finished = Beginning(beginning.start_us, beginning.newest_us, beginning.seeded_us, True)
    set_setting(BEGINNING, asdict(finished), actor=SYSTEM)
    return finished


def remember_shower(start_us: int) -> None:
    """Keep when it poured, so that later runs agree with what was measured."""
    kept = [*read_shower_starts(), start_us][-MOST_SHOWERS:]
    set_setting(SHOWERS, kept, actor=SYSTEM)


def refuse_foreign() -> None:
    """Refuse to mix a demo with something else.

    Raises:
        NotADemoError: The database is in use and holds no demo.
    """
    if is_foreign():
        raise NotADemoError


def reset() -> None:
    """Remove everything of the demo, so that the next start begins anew.

    Raises:
        NotADemoError: The database is in use and holds no demo.
    """
    refuse_foreign()
    if settings.ONE_DATABASE:
        _drop_tables()
        return
    connections.close_all()
    for path in Path(settings.DATA_DIR).iterdir():
        if path.is_dir() and path.name in {"files", TABLES}:
            rmtree(path)
        elif path.name.startswith(("mehrwert.sqlite3", "observations.sqlite3", "simulator.key")):
            path.unlink()


def _drop_tables() -> None:
    """Drop the tables of the schema in use, except those that belong to an extension."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT quote_ident(c.relname) FROM pg_class c"
            " WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')"
            " AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')"
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP TABLE IF EXISTS {name} CASCADE")
