"""Secrets of sources: a part that finds the row and 256 random bits that prove it."""

import hashlib
import secrets

MARK = "mq"


def new_secret() -> tuple[str, str]:
    """Return (prefix, whole secret)."""
    prefix = secrets.token_hex(5)
    return prefix, with_prefix(prefix)


def with_prefix(prefix: str) -> str:
    """Return a new secret for a source that exists."""
    return f"{MARK}_{prefix}_{secrets.token_urlsafe(32)}"


def prefix_of(secret: str) -> str:
    """Return the prefix of a whole secret, empty when it has not the form of one."""
    parts = secret.split("_", 2)
    return parts[1] if len(parts) == 3 and parts[0] == MARK and len(secret) < 200 else ""


def digest(secret: str) -> str:
    """Return the SHA-256 under which a secret is stored."""
    return hashlib.sha256(secret.encode()).hexdigest()
