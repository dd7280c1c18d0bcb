"""Noise that depends only on seed, name and number of the step: the same in history and live."""

from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2 = np.uint64(0x94D049BB133111EB)


def uniform(seed: int, name: str, steps: Ints) -> Floats:
    """Return a number in (0, 1) for each step.

    Source: the finaliser of SplitMix64 (Steele, Lea, Flood 2014).
    """
    with np.errstate(over="ignore"):
        start = np.uint64(seed & 0xFFFFFFFF) << np.uint64(32) | np.uint64(crc32(name.encode()))
        z = (start + steps.astype(np.uint64) + np.uint64(1)) * _GOLDEN
        z = (z ^ (z >> np.uint64(30))) * _MIX_1
        z = (z ^ (z >> np.uint64(27))) * _MIX_2
        z ^= z >> np.uint64(31)
    return ((z >> np.uint64(11)).astype(np.float64) + 0.5) / 2.0**53


def normal(seed: int, name: str, steps: Ints) -> Floats:
    """Return a standard normal number for each step (Box and Muller)."""
    radius = np.sqrt(-2 * np.log(uniform(seed, f"{name}/r", steps)))
    angle: Floats = radius * np.cos(2 * np.pi * uniform(seed, f"{name}/a", steps))
    return angle


def trait(seed: int, name: str, low: float, high: float) -> float:
    """Return a fixed property of one sensor or place between two bounds."""
    return low + (high - low) * float(uniform(seed, name, np.zeros(1, np.int64))[0])


def smooth(values: Floats, steps: float, start: float) -> Floats:
    """Return values that follow the given ones with a time constant of so many steps."""
    share = 1 - np.exp(-1 / steps)
    now, out = start, []
    for value in values.tolist():
        now += share * (value - now)
        out.append(now)
    return np.array(out)
