"""Cost marks."""

import pytest

from mehrwert.stats.cost_marks import cost_mark


@pytest.mark.parametrize(
    ("euros", "mark"),
    [(0, 1), (0.10, 1), (0.11, 2), (0.5, 2), (0.51, 3), (1, 3), (1.01, 4), (3, 4), (3.01, 5)],
)
def test_a_limit_belongs_to_the_cheaper_mark(euros, mark):
    """EVI-185."""
    assert cost_mark(euros) == mark
