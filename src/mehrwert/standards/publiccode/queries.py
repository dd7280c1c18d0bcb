"""Reads publiccode.yml: the strict verdict. Nothing here uses the network."""

from collections.abc import Set
from dataclasses import dataclass
from pathlib import Path

from .beside import check_files
from .errors import UnreadableError
from .reading import read_document
from .rules import CheckOptions, Finding, Outcome, check_tree


@dataclass(frozen=True)
class Verdict:
    """The result of a strict check. ``is_readable`` is False for what is no YAML at all."""

    outcome: Outcome
    is_readable: bool = True

    @property
    def is_valid(self) -> bool:
        """Say whether the file meets every rule."""
        return self.is_readable and self.outcome.is_valid


def check_bytes(
    data: bytes, *, folder: Path | None = None, italian_codes: Set[str] | None = None
) -> Verdict:
    """Check a file against every rule of the standard.

    Args:
        data: The file as stored.
        folder: Where the file lies, to look at the logos and pictures it names; None: not looked.
        italian_codes: Codes of Italian administrations in lower case; None: not looked up.
    """
    try:
        document = read_document(data)
    except UnreadableError as error:
        finding = Finding(error.reason, "", error.line, error.column)
        return Verdict(Outcome([finding]), is_readable=False)
    outcome = check_tree(document, CheckOptions(italian_codes))
    if folder is not None:
        named = {f.key for f in outcome.findings if f.code == "extension"}
        outcome.findings += check_files([r for r in outcome.files if r.key not in named], folder)
    return Verdict(outcome)


def read_italian_codes(path: Path) -> frozenset[str]:
    """Return the codes of Italian administrations in a file, one a line."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip().lower() for line in lines) - {""}
