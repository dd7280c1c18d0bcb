"""House profiles of the municipality in scope: those that come along, and its own in versions."""

import msgspec

from mehrwert.evaluation.council_paper.profile import Profile, built_in_profiles, read_profile
from mehrwert.evaluation.models import HouseProfile


def known_profiles() -> dict[str, Profile]:
    """Return every form that a paper may take, by key; of own forms the newest version."""
    own = {row.key: read_row(row) for row in newest_rows()}
    return {**built_in_profiles(), **own}


def newest_rows() -> list[HouseProfile]:
    """Return the newest version of each own form, by name."""
    newest = {row.key: row for row in HouseProfile.objects.order_by("key", "version")}
    return sorted(newest.values(), key=lambda row: row.name)


def versions_of(key: str) -> list[HouseProfile]:
    """Return every version of an own form, newest first."""
    return list(HouseProfile.objects.filter(key=key).order_by("-version"))


def read_row(row: HouseProfile) -> Profile:
    """Return a stored form; the version is the one it was stored as."""
    return msgspec.structs.replace(read_profile(row.text), version=row.version)
