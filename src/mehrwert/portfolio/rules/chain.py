"""The chain of reports: each hash covers the digest of its report and the hash before it.

The digest is salted, so that an erased report cannot be guessed from it (decisions 46).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class Link:
    """One delivered report; ``content`` None after it was erased."""

    content: str | None
    salt: str
    digest: str
    previous: str
    hash: str


class Verdict(StrEnum):
    """What checking one link said."""

    OK = "ok"
    ERASED = "erased"
    BROKEN = "broken"


def digest_of(content: str, salt: str) -> str:
    """Return the salted digest of a report."""
    return sha256(f"{salt}\n{content}".encode()).hexdigest()


def hash_of(previous: str, digest: str) -> str:
    """Return the hash of a link."""
    return sha256(f"{previous}\n{digest}".encode()).hexdigest()


def verify(links: Iterable[Link]) -> list[Verdict]:
    """Check a chain from its beginning; behind a broken link everything is broken."""
    verdicts: list[Verdict] = []
    previous, is_broken = "", False
    for link in links:
        digest = link.digest if link.content is None else digest_of(link.content, link.salt)
        is_broken |= digest != link.digest or link.previous != previous
        is_broken |= hash_of(previous, digest) != link.hash
        known = Verdict.ERASED if link.content is None else Verdict.OK
        verdicts.append(Verdict.BROKEN if is_broken else known)
        previous = link.hash
    return verdicts
