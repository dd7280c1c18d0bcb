"""Rules about keys and links: plain functions on values."""

import base64
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


def mqtt_hash(secret: str, salt: bytes, *, rounds: int = 101) -> str:
    """Return a secret as Mosquitto's password file wants it: ``$7$`` = PBKDF2 with SHA-512.

    Args:
        secret: The whole key; its 256 random bits make more rounds needless.
        salt: 12 bytes, the length that every version of the broker takes.
        rounds: Of PBKDF2; the broker's own tool takes 101.
    """
    made = hashlib.pbkdf2_hmac("sha512", secret.encode(), salt, rounds)
    return "$".join(("", "7", str(rounds), *(base64.b64encode(p).decode() for p in (salt, made))))


BROWSERS = (
    ("Firefox/", "Firefox"),
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
DEVICES = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)


def device_words(user_agent: str) -> str:
    """Return browser and system in two words (``Firefox, Windows``), empty when unknown."""
    tables = (BROWSERS, DEVICES)
    found = [next((name for mark, name in table if mark in user_agent), "") for table in tables]
    return ", ".join(word for word in found if word)
