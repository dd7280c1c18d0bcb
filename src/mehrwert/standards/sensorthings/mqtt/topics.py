"""Topics: what a client may publish to, and where it is told of what."""

from mehrwert.observations.choices import Protection

from ..errors import BadPathError
from ..paths import Resource, parse_path

INCOMING = "sta-in"
VERSION = "v1.1"
OPEN = VERSION
OWN = "mw"
_PARENTS = frozenset({"datastream", "feature"})


def split_incoming(topic: str) -> tuple[str, str]:
    """Return slug and resource path of ``sta-in/<slug>/v1.1/<path>``.

    Raises:
        BadPathError: Another topic.
    """
    parts = topic.split("/", 3)
    if len(parts) < 4 or parts[0] != INCOMING or parts[2] != VERSION:
        raise BadPathError(part=topic[:60])
    return parts[1], parts[3]


def parse_incoming(path: str) -> Resource:
    """Return what a topic names.

    Raises:
        BadPathError: Not a set of readings that the standard lets clients publish to.
    """
    resource = parse_path(path)
    steps = resource.steps
    is_set = resource.entity.kind == "observation" and resource.is_set and resource.is_plain
    fits = len(steps) == 1 or (len(steps) == 2 and steps[0].kind in _PARENTS)
    if not is_set or not fits:
        raise BadPathError(part=path[:60])
    return resource


def topic_root(slug: str, protections: set[str]) -> str | None:
    """Return under which topics something is told of; None: under none.

    A broker does not say who reads, and reads of personal and critical series are written down:
    so these are never published. What belongs to no series yet stays inside the municipality.

    Args:
        slug: Of the municipality.
        protections: Those of all series it belongs to.
    """
    if Protection.OPEN in protections:
        return OPEN
    if protections and Protection.INTERNAL not in protections:
        return None
    return f"{OWN}/{slug}/{VERSION}"
