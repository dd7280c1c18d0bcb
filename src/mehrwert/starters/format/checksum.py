"""What identifies a package: one SHA-256 over its files and its manifest."""

import hashlib
from collections.abc import Mapping
from typing import Any

from mehrwert.base.canonical import fingerprint

# said about a package after it was made
OUTSIDE = frozenset({"checksum", "signature", "tested_on"})


def content_digest(data: bytes) -> str:
    """Return the SHA-256 of one file."""
    return hashlib.sha256(data).hexdigest()


def package_checksum(manifest: Mapping[str, Any]) -> str:
    """Return the SHA-256 over the sorted checksums of the files and of the manifest.

    The manifest counts as its canonical JSON (RFC 8785) without ``checksum``, ``signature`` and
    ``tested_on``, so that parameters and licence cannot be changed unnoticed. Each checksum is a
    line that ends with a line feed.
    """
    inside = {name: value for name, value in manifest.items() if name not in OUTSIDE}
    sums = sorted([*(row["sha256"] for row in manifest["contents"]), fingerprint(inside)])
    return hashlib.sha256("".join(f"{line}\n" for line in sums).encode("ascii")).hexdigest()
