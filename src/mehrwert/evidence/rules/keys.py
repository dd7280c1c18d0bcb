"""Keys of what is pooled together: shared ones of packages, own ones of one town (decisions 35)."""

import re

OWN = "eigen-"
MOST_LETTERS = 120
_INDICATOR = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*@[1-9][0-9]*")
_SOLUTION = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def is_own(key: str) -> bool:
    """Say whether a key is a town's own and means nothing elsewhere."""
    return key.startswith(OWN)


def alone(key: str, tenant_id: int) -> str:
    """Return the key under which an unmapped own one stands: with nobody else."""
    ending = f"~{tenant_id}"
    return f"{key[: MOST_LETTERS - len(ending)]}{ending}"


def is_shared(key: str, *, is_indicator: bool) -> bool:
    """Say whether a text has the form of a shared key."""
    form = _INDICATOR if is_indicator else _SOLUTION
    return bool(form.fullmatch(key)) and not is_own(key) and len(key) <= MOST_LETTERS
