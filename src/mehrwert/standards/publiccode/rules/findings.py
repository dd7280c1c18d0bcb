"""What a check finds: values only, the words stand in ``wording.py``."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from ..choices import Severity

NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True)
class Finding:
    """One statement about one key.

    ``key`` is a path such as ``maintenance.contacts[0].name``, "" for the whole file. ``line`` and
    ``column`` count from 1; both are 0 where the key has no place in the file.
    """

    code: str
    key: str = ""
    line: int = 0
    column: int = 0
    severity: Severity = Severity.ERROR
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class FileReference:
    """A value that names a file of the repository; ``kind`` is logo, screenshot or authors."""

    kind: str
    path: str
    key: str
    line: int
    column: int


@dataclass
class Outcome:
    """Everything a walk over one file found, in the order of the file's rules."""

    findings: list[Finding] = field(default_factory=list)
    files: list[FileReference] = field(default_factory=list)

    @property
    def is_valid(self) -> bool:
        """Say whether no finding is an error."""
        return all(f.severity is not Severity.ERROR for f in self.findings)

    def of(self, severity: Severity) -> list[Finding]:
        """Return the findings of one weight."""
        return [f for f in self.findings if f.severity is severity]
