"""Synthetic control on the golden panel."""

import numpy as np
import pytest

from mehrwert.stats.arrays import StatisticsError
from mehrwert.stats.synthetic_control import interval, placebo_inference, synthetic_control

from .data import golden_panel


def test_tc18_weights_effect_and_placebos():
    panel = golden_panel()
    assert panel[0, 0] == pytest.approx(4.867324134, abs=1e-7)
    assert panel.sum() == pytest.approx(5057.142314, abs=1e-5)
    found = synthetic_control(panel, 30)
    assert found.effect == pytest.approx(-0.200652, abs=2e-5)
    assert found.pre_rmspe == pytest.approx(0.013514, abs=2e-5)
    assert found.ratio == pytest.approx(221.764, abs=1e-2)
    assert found.weights[9] == pytest.approx(0.189222, abs=2e-5)
    assert found.weights.sum() == pytest.approx(1)
    assert found.weights.min() >= 0
    placebo = placebo_inference(panel, 30)
    assert placebo.p == pytest.approx(1 / 21)
    assert placebo.kept == 15
    assert placebo.se == pytest.approx(0.06309, abs=1e-4)
    assert np.std(placebo.effects, ddof=1) == pytest.approx(0.08048, abs=1e-4)


def test_no_error_from_fewer_than_three_good_donors():
    placebo = placebo_inference(golden_panel(), 30, rmspe_factor=0.1)
    assert placebo.kept < 3
    assert placebo.se is None


def test_the_interval_uses_the_donors_kept():
    low, high = interval(-0.2, 0.1, 3)
    assert (low, high) == pytest.approx((-0.2 - 0.430265, -0.2 + 0.430265), abs=1e-6)


@pytest.mark.parametrize("n_pre", [0, 48])
def test_both_periods_are_needed(n_pre):
    with pytest.raises(StatisticsError):
        synthetic_control(golden_panel(), n_pre)


def test_missing_values_are_refused():
    panel = golden_panel()
    panel[3, 4] = np.nan
    with pytest.raises(StatisticsError):
        synthetic_control(panel, 30)
