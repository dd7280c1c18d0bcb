"""The laws agree with ``scipy.stats``, and loading the room loads no part of scipy."""

import subprocess
import sys

import pytest
from scipy import stats

from mehrwert.stats import laws


@pytest.mark.parametrize("p", [1e-6, 0.025, 0.5, 0.9, 0.975, 1 - 1e-6])
@pytest.mark.parametrize("df", [1, 2, 7.5, 40, 1000])
def test_quantiles_and_tails(p, df):
    assert laws.normal_quantile(p) == pytest.approx(stats.norm.ppf(p), rel=1e-10, abs=1e-12)
    assert laws.t_quantile(p, df) == pytest.approx(stats.t.ppf(p, df), rel=1e-9, abs=1e-12)
    assert laws.chi2_quantile(p, df) == pytest.approx(stats.chi2.ppf(p, df), rel=1e-9)
    x = stats.t.ppf(p, df)
    assert laws.t_probability(x, df) == pytest.approx(p, rel=1e-9)
    assert laws.normal_tail(x) == pytest.approx(stats.norm.sf(x), rel=1e-9)


def test_nothing_of_scipy_is_loaded_before_it_is_used():
    code = (
        "import sys, pkgutil, importlib, mehrwert.stats as room;"
        "[importlib.import_module(m.name) for m in pkgutil.walk_packages(room.__path__,"
        " room.__name__ + '.') if '.tests' not in m.name];"
        "print([m for m in ('scipy.stats', 'scipy.optimize', 'scipy.special') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
