"""The drill: a backup is worth what its restore is worth, so restore it and look.

It restores into a throw-away folder (and database), compares every count with the manifest, lets
the engine check itself, and says whether the program fits.
"""

import tempfile
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.db.migrations.loader import MigrationLoader

from mehrwert.base.errors import MehrwertError

from . import postgres, sqlite
from .manifest import Contents, Manifest
from .restore import read_manifest, restore


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was checked, in a German sentence."""

    ok: bool
    text: str


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
        """Return the verdict in one sentence."""
        if self.ok:
            return f"Die Sicherung {self.file} lässt sich vollständig wiederherstellen."
        return f"Die Sicherung {self.file} ist nicht verlässlich."


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
        return Verdict(file.name, "", (Finding(False, str(error)),))
    with tempfile.TemporaryDirectory(prefix=".probe-", dir=workplace or file.parent) as name:
        folder = Path(name)
        with _database(manifest, database_url) as url:
            try:
                restore(file, folder, database_url=url)
            except MehrwertError as error:
                return Verdict(file.name, manifest.made_at, (Finding(False, str(error)),))
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
        found.append(Finding(not damage, f"{alias}: {damage or 'Datei und Verweise unversehrt'}"))
        if not damage:
            found.append(_compare(alias, contents, sqlite.count_rows(path)))
    return found


def _compare(alias: str, contents: Contents, counted: Mapping[str, int]) -> Finding:
    if counted == dict(contents.counts):
        rows = f"{contents.rows:,}".replace(",", ".")
        return Finding(True, f"{alias}: {rows} Zeilen in {len(counted)} Tabellen, alle wieder da")
    names = sorted(set(counted) | set(contents.counts))
    wrong = [n for n in names if counted.get(n) != contents.counts.get(n)]
    return Finding(False, f"{alias}: andere Anzahl in {', '.join(wrong[:5])}")


def _check_rest(manifest: Manifest, folder: Path) -> list[Finding]:
    """Check the keys and whether this program can serve what was restored."""
    has_keys = any(folder.glob("*.key")) or not any(p.name.endswith(".key") for p in manifest.parts)
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).graph.nodes}
    steps = {step for contents in manifest.databases.values() for step in contents.steps}
    newer = sorted(step for step in steps - known if step.split(".")[0] in _our_labels())
    files = f"{len(manifest.parts)} Dateien mit richtiger Prüfsumme"
    findings = [Finding(has_keys, f"Schlüssel und Dateien: {files}")]
    if newer:
        text = f"Programm: die Sicherung ist neuer ({newer[0]}); es braucht die neuere Version"
        findings.append(Finding(False, text))
    elif known - steps:
        n = len(known - steps)
        findings.append(
            Finding(True, f"Programm: nach dem Einspielen fehlen {n} Schritte (migrate_all)")
        )
    else:
        findings.append(Finding(True, "Programm: gleicher Stand"))
    return findings


def _our_labels() -> set[str]:
    return {config.label for config in apps.get_app_configs()}
