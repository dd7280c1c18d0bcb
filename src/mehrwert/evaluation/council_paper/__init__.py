"""Council papers: facts and a house profile become a document; nothing is computed here."""

from mehrwert.evaluation.council_paper.compose import compose
from mehrwert.evaluation.council_paper.facts import PaperFacts
from mehrwert.evaluation.council_paper.oparl import DraftFile, Times, oparl_paper
from mehrwert.evaluation.council_paper.profile import (
    DEFAULT,
    Profile,
    ProfileError,
    built_in_profiles,
    read_profile,
)
from mehrwert.evaluation.council_paper.release import defects_for_release

__all__ = [
    "DEFAULT",
    "DraftFile",
    "PaperFacts",
    "Profile",
    "ProfileError",
    "Times",
    "built_in_profiles",
    "compose",
    "defects_for_release",
    "oparl_paper",
    "read_profile",
]
