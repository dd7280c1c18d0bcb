"""How far roles agree on a coded question (PF-123)."""

from collections import Counter
from collections.abc import Iterable


def dispersion(codes: Iterable[str]) -> float | None:
    """Return 1 − Σ share² over the codes of all roles; 0 is one voice, None without any.

    Source: PF-123.
    """
    counted = Counter(code for code in codes if code)
    total = sum(counted.values())
    if not total:
        return None
    return 1 - sum((n / total) ** 2 for n in counted.values())
