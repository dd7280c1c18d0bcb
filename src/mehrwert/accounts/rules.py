"""Rules about keys and links: plain functions on values."""

import hashlib
import secrets

SCOPES = ("read", "write", "mqtt")
KEY_MARK = "mw"
LINK_HOURS = {"first_admin": 24, "invitation": 24 * 7}
OVERLAP_HOURS_MOST = 24 * 30


def new_key() -> tuple[str, str]:
    """Return (prefix, whole key): the prefix finds the row, 256 random bits prove it."""
    prefix = secrets.token_hex(5)
    return prefix, f"{KEY_MARK}_{prefix}_{secrets.token_urlsafe(32)}"


def prefix_of(key: str) -> str:
    """Return the prefix of a whole key, empty when it has not the form of one."""
    parts = key.split("_", 2)
    return parts[1] if len(parts) == 3 and parts[0] == KEY_MARK and len(key) < 200 else ""


def digest(secret: str) -> str:
    """Return the SHA-256 under which a secret of 256 random bits is stored."""
    return hashlib.sha256(secret.encode()).hexdigest()


def is_key_valid(
    now_us: int, *, expires_us: int | None, valid_until_us: int | None, revoked_us: int | None
) -> bool:
    """Say whether a key may be used now."""
    ends = [end for end in (expires_us, valid_until_us) if end is not None]
    return revoked_us is None and all(now_us < end for end in ends)
