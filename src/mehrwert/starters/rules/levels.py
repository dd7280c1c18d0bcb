"""The quality level of a package (decisions 47)."""

from mehrwert.starters.choices import Level

GOLD_ADOPTERS, PLATINUM_ADOPTERS = 1, 3
PLATINUM_CLASS = 2


def level_of(
    *, is_valid: bool, has_demo_and_plan: bool, live_adopters: int, evidence_class: int
) -> Level:
    """Return the level.

    Args:
        is_valid: The format holds, and the test that removes without trace has passed.
        has_demo_and_plan: It brings demo data and an evaluation plan.
        live_adopters: Municipalities that declare live use of the solution; invented ones only in
            a demo.
        evidence_class: Class of the newest synthesis, 0 without one.
    """
    if not is_valid:
        return Level.NONE
    if not has_demo_and_plan:
        return Level.BRONZE
    if live_adopters < GOLD_ADOPTERS:
        return Level.SILVER
    if live_adopters < PLATINUM_ADOPTERS or evidence_class < PLATINUM_CLASS:
        return Level.GOLD
    return Level.PLATINUM
