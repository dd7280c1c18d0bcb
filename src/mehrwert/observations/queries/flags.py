"""What the free ``properties`` of a thing, place or series may say about it."""

import msgspec

# Where a place is only roughly known: ``properties`` of the place or the thing
APPROXIMATE = "approximate"
# A series that has ended on purpose: its ``properties``
CLOSED = "closed"


def is_flagged(properties: str | None, name: str) -> bool:
    """Return one flag of the free properties without decoding those that cannot have it."""
    if not properties or name not in properties:
        return False
    decoded = msgspec.json.decode(properties)
    return isinstance(decoded, dict) and decoded.get(name) is True
