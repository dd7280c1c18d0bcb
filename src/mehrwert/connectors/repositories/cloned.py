"""Reads the history of a copy of a repository on this machine, with git; nothing is fetched."""

import subprocess
from datetime import date
from pathlib import Path

from mehrwert.connectors.repositories.errors import NoCloneError
from mehrwert.connectors.repositories.rules import Commit, History, Tag

TIMEOUT_S = 120
SEPARATOR = "\x1f"
COMMIT = SEPARATOR.join(("%aI", "%ae", "%P"))
TAG = SEPARATOR.join(("%(creatordate:iso-strict)", "%(if)%(contents:signature)%(then)1%(end)"))
SECURITY_FILES = ("SECURITY.md", "docs/SECURITY.md", ".github/SECURITY.md", ".gitlab/SECURITY.md")


def read_clone(folder: Path, read_on: date) -> History:
    """Return what a copy tells: changes of its main branch, versions, SECURITY.md.

    Reports, reviews and the protection of the main branch are not in a copy; they stay unknown.

    Raises:
        NoCloneError: No repository there, or git is not installed.
    """
    commits = _git(folder, "log", "HEAD", f"--format={COMMIT}")
    tags = _git(folder, "for-each-ref", "refs/tags", f"--format={TAG}")
    names = _git(folder, "ls-tree", "-r", "--name-only", "HEAD", *SECURITY_FILES)
    return History(
        read_on=read_on,
        commits=tuple(_commit(line) for line in commits),
        tags=tuple(_tag(line) for line in tags),
        security_file=bool(names),
    )


def _commit(line: str) -> Commit:
    day, author, parents = line.split(SEPARATOR)
    return Commit(date.fromisoformat(day[:10]), author, is_merge=" " in parents)


def _tag(line: str) -> Tag:
    day, signed = line.split(SEPARATOR)
    return Tag(date.fromisoformat(day[:10]), is_signed=bool(signed))


def _git(folder: Path, *arguments: str) -> list[str]:
    command = ["git", "-C", str(folder), "-c", "core.fsmonitor=false", *arguments]
    try:
        done = subprocess.run(  # noqa: S603 (a fixed program; the folder is the operator's)
            command, capture_output=True, check=True, timeout=TIMEOUT_S
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise NoCloneError(path=str(folder)) from error
    return done.stdout.decode("utf-8", "replace").splitlines()
