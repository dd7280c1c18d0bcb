"""Copies of a bundled package that a test may spoil, and packages in use."""

import shutil
from pathlib import Path

from django.db import connections

from mehrwert.base.actor import SYSTEM
from mehrwert.base.clock import from_us, now_us
from mehrwert.evaluation.queries import month_of
from mehrwert.starters import actions
from mehrwert.starters.actions import Answers
from mehrwert.starters.format.sealing import seal
from mehrwert.starters.library import FOLDER
from mehrwert.starters.rules import defaults_of

SLUG = "durstige-baeume"


def copy_of(tmp_path: Path, slug: str = SLUG) -> Path:
    """Return the folder of a copy."""
    return Path(shutil.copytree(FOLDER / slug, tmp_path / slug))


def replace(path: Path, old: str, new: str) -> None:
    """Change a file; the text must be there."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def sealed(folder: Path) -> Path:
    """Return the folder with right checksums."""
    seal(folder)
    return folder


# written by any change and never taken back: audit, outbox, live news, jobs, sessions; what a town
# has declared stays, ended with its reason, and with it what the search and the catalogue say of it
# and what was answered in its checklist
LEFT_OUT = (
    "portfolio_declaredadoption", "portfolio_adoptionevent", "portfolio_checklistitem",
    "catalogue_adoption",
    "catalogue_search",
    "base_", "obs_audit", "obs_outbox", "django_", "sqlite_", "accounts_", "usersessions_",
    "spatial_ref_sys",
)  # fmt: skip


def fingerprint():
    """Return all rows of all tables that hold content, by table."""
    found = {}
    for alias in ("default", "observations"):
        connection = connections[alias]
        with connection.cursor() as cursor:
            for table in connection.introspection.table_names(cursor):
                if not table.startswith(LEFT_OUT):
                    cursor.execute(f'SELECT * FROM "{table}"')
                    rows = sorted(map(repr, cursor.fetchall()))
                    if rows:
                        found[table] = rows
    return found


def answers(package, **parameters):
    """Return what a town says: defaults and both questions."""
    plan = package.items["evaluation_plan"][0]
    months = month_of(from_us(now_us()).date())
    return Answers({**defaults_of(package), **parameters}, plan["goal"], 10.0, months - 12)


def live(package, actor=SYSTEM, **parameters):
    """Return a running installation in the municipality in scope."""
    row = actions.save_draft(package, answers(package, **parameters), is_demo=True, actor=actor)
    return actions.go_live(row, licence_accepted=True, actor=actor)
