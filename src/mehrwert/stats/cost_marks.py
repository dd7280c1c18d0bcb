"""Marks for cost per inhabitant and year, from one € to five (EVI-185)."""

LIMITS = (0.10, 0.50, 1.00, 3.00)


def cost_mark(euros: float, limits: tuple[float, ...] = LIMITS) -> int:
    """Return 1 to 5; a limit itself belongs to the cheaper mark.

    Args:
        euros: Per inhabitant and year.
        limits: Upper ends of all marks but the last, rising.
    """
    return 1 + sum(euros > limit for limit in limits)
