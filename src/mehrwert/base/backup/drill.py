"""The drill: a backup is worth what its restore is worth, so restore it and look.

It restores into a throw-away folder (and database), compares every count with the manifest, lets
the engine check itself, and says whether the program fits.
"""

import tempfile
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from django.apps import apps
from django.db.migrations.loader import MigrationLoader

from mehrwert.base.errors import MehrwertError
from mehrwert.base.marks import mark

from . import postgres, sqlite
from .manifest import Contents, Manifest
from .restore import read_manifest, restore

BROKEN = mark("Die Datei ist nicht verwendbar: %(reason)s")
DAMAGED = mark("%(part)s: beschädigt (%(damage)s)")
INTACT = mark("%(part)s: Datei und Verweise unversehrt")
COMPLETE = mark("%(part)s: %(rows)s Zeilen in %(tables)s Tabellen, alle wieder da")
DIFFERS = mark("%(part)s: andere Anzahl in %(tables)s")
FILES = mark("Schlüssel und Dateien: %(n)s Dateien mit richtiger Prüfsumme")
NO_KEYS = mark("Schlüssel: fehlen")
NEWER = mark("Programm: die Sicherung ist neuer (%(step)s); es braucht die neuere Version")
OLDER = mark("Programm: nach dem Einspielen fehlen %(n)s Schritte (migrate_all)")
SAME = mark("Programm: gleicher Stand")
GOOD = mark("Die Sicherung %(file)s lässt sich vollständig wiederherstellen.")
BAD = mark("Die Sicherung %(file)s ist nicht verlässlich.")
PARTS = {"default": "Daten", "observations": "Messwerte"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was checked: a marked German sentence and what fills it."""

    ok: bool
    sentence: str
    data: Mapping[str, str | int] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """Return the German sentence."""
        return self.sentence % dict(self.data)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of a drill."""

    file: str
    made_at: str
    findings: tuple[Finding, ...]

    @property
    def ok(self) -> bool:
        """Say whether the backup can be relied on."""
        return bool(self.findings) and all(finding.ok for finding in self.findings)

    @property
    def sentence(self) -> str:
        """Return the verdict in one German sentence."""
        return (GOOD if self.ok else BAD) % {"file": self.file}


def run_drill(file: Path, *, workplace: Path | None = None, database_url: str = "") -> Verdict:
    """Restore a backup into a throw-away place and check it.

    Args:
        file: The backup.
        workplace: Folder for the throw-away copy, else beside the backup.
        database_url: An empty database instead of one made for the drill (PostgreSQL).

    Returns:
        A verdict also when the backup is broken.

    Raises:
        MayNotCreateDatabaseError: The role may not make a throw-away database.
    """
    try:
        manifest = read_manifest(file)
    except MehrwertError as error:
        return Verdict(file.name, "", (Finding(False, BROKEN, {"reason": str(error)}),))
    with tempfile.TemporaryDirectory(prefix=".probe-", dir=workplace or file.parent) as name:
        folder = Path(name)
        with _database(manifest, database_url) as url:
            try:
                restore(file, folder, database_url=url)
            except MehrwertError as error:
                broken = Finding(False, BROKEN, {"reason": str(error)})
                return Verdict(file.name, manifest.made_at, (broken,))
            found = [*_check_databases(manifest, folder, url), *_check_rest(manifest, folder)]
    return Verdict(file.name, manifest.made_at, tuple(found))


def _database(manifest: Manifest, url: str) -> AbstractContextManager[str]:
    if manifest.engine != "postgresql" or url:
        return nullcontext(url)
    return postgres.throwaway_database(postgres.url_of_installation())


def _check_databases(manifest: Manifest, folder: Path, url: str) -> list[Finding]:
    found = []
    for alias, contents in manifest.databases.items():
        if manifest.engine == "postgresql":
            found.append(_compare(alias, contents, postgres.count_rows(url)))
            continue
        path = folder / contents.part
        damage = sqlite.find_damage(path)
        told = {"part": PARTS[alias], "damage": damage}
        found.append(Finding(not damage, DAMAGED if damage else INTACT, told))
        if not damage:
            found.append(_compare(alias, contents, sqlite.count_rows(path)))
    return found


def _compare(alias: str, contents: Contents, counted: Mapping[str, int]) -> Finding:
    told: dict[str, str | int] = {"part": PARTS[alias]}
    if counted == dict(contents.counts):
        rows = f"{contents.rows:,}".replace(",", ".")
        return Finding(True, COMPLETE, {**told, "rows": rows, "tables": len(counted)})
    names = sorted(set(counted) | set(contents.counts))
    wrong = [n for n in names if counted.get(n) != contents.counts.get(n)]
    return Finding(False, DIFFERS, {**told, "tables": ", ".join(wrong[:5])})


def _check_rest(manifest: Manifest, folder: Path) -> list[Finding]:
    """Check the keys and whether this program can serve what was restored."""
    has_keys = any(folder.glob("*.key"))
    files = (
        Finding(True, FILES, {"n": len(manifest.parts)}) if has_keys else Finding(False, NO_KEYS)
    )
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).graph.nodes}
    steps = {step for contents in manifest.databases.values() for step in contents.steps}
    newer = sorted(step for step in steps - known if step.split(".")[0] in _our_labels())
    if newer:
        return [files, Finding(False, NEWER, {"step": newer[0]})]
    if known - steps:
        return [files, Finding(True, OLDER, {"n": len(known - steps)})]
    return [files, Finding(True, SAME)]


def _our_labels() -> set[str]:
    return {config.label for config in apps.get_app_configs()}
