"""Brent's method against scipy's and against roots that are known."""

import math
import subprocess
import sys

import pytest
import scipy.optimize
from hypothesis import given, settings
from hypothesis import strategies as st

from mehrwert.stats.arrays import StatisticsError
from mehrwert.stats.roots import find_root


@pytest.mark.parametrize(
    ("function", "low", "high", "root"),
    [
        (lambda x: x**2 - 2, 0.0, 2.0, math.sqrt(2)),
        (lambda x: math.cos(x) - x, 0.0, 1.0, 0.7390851332151607),
        (lambda x: x**3, -1.0, 2.0, 0.0),
        (lambda x: math.expm1(x - 1), -30.0, 40.0, 1.0),
        (lambda x: x - 1e-12, 0.0, 1e6, 1e-12),
        (lambda x: x, 0.0, 1.0, 0.0),
        (lambda x: 1 - x, 1.0, 5.0, 1.0),
    ],
)
def test_known_roots(function, low, high, root):
    assert find_root(function, low, high, xtol=1e-14) == pytest.approx(root, abs=1e-7, rel=1e-13)
    assert find_root(function, high, low, xtol=1e-14) == pytest.approx(root, abs=1e-7, rel=1e-13)


@given(st.floats(-5, 5), st.floats(0.1, 10), st.floats(0.001, 0.999))
@settings(max_examples=60, deadline=None)
def test_agrees_with_scipy(centre, scale, probability):
    """The use it was made for: quantiles of a smooth distribution."""

    def above(x):
        return 0.5 * (1 + math.erf((x - centre) / scale)) - probability

    ours = find_root(above, centre - 60 * scale, centre + 60 * scale, xtol=1e-13)
    theirs = scipy.optimize.brentq(above, centre - 60 * scale, centre + 60 * scale, xtol=1e-13)
    assert ours == pytest.approx(theirs, abs=1e-11)


def test_without_a_change_of_sign_there_is_no_root():
    with pytest.raises(StatisticsError):
        find_root(lambda x: x**2 + 1, -1.0, 1.0, xtol=1e-12)
    with pytest.raises(StatisticsError):
        find_root(lambda x: float("nan"), -1.0, 1.0, xtol=1e-12)


def test_averages_of_series_do_not_load_the_optimiser():
    """What a page computes fits the memory of a small server (OBS-17)."""
    code = (
        "import sys, numpy as np\n"
        "from mehrwert.stats.mixture import Mixture\n"
        "Mixture(np.ones(1), np.zeros(1), np.ones(1), 5.0).quantile(.9)\n"
        "raise SystemExit('scipy.optimize' in sys.modules)\n"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
