"""Published and golden data of the test cases TC00 to TC25."""

import numpy as np

BCG = np.array(
    [
        (4, 119, 11, 128, 44),
        (6, 300, 29, 274, 55),
        (3, 228, 11, 209, 42),
        (62, 13536, 248, 12619, 52),
        (33, 5036, 47, 5761, 13),
        (180, 1361, 372, 1079, 44),
        (8, 2537, 10, 619, 19),
        (505, 87886, 499, 87892, 13),
        (29, 7470, 45, 7232, 27),
        (17, 1699, 65, 1600, 42),
        (186, 50448, 141, 27197, 18),
        (5, 2493, 3, 2338, 33),
        (27, 16886, 29, 17825, 33),
    ],
    float,
)
RAUDENBUSH = np.array(
    [
        (0.03, 0.0156, 2), (0.12, 0.0216, 21), (-0.14, 0.0279, 19), (1.18, 0.1391, 0),
        (0.26, 0.1362, 0), (-0.06, 0.0106, 3), (-0.02, 0.0106, 17), (-0.32, 0.0484, 24),
        (0.27, 0.0269, 0), (0.80, 0.0630, 1), (0.54, 0.0912, 0), (0.18, 0.0497, 0),
        (-0.02, 0.0835, 1), (0.23, 0.0841, 2), (-0.18, 0.0253, 17), (-0.06, 0.0279, 5),
        (0.30, 0.0193, 1), (0.07, 0.0088, 2), (-0.07, 0.0303, 7),
    ]
)  # fmt: skip
COLLINS = np.array(
    [
        (0.041847, 0.159601), (-0.923671, 0.117737), (-1.122143, 0.178018),
        (-1.473306, 0.298927), (-1.391025, 0.114285), (-0.296889, 0.014634),
        (-0.261550, 0.120687), (1.088760, 0.686372), (0.135305, 0.067877),
    ]
)  # fmt: skip
SCHOOLS = np.array(
    [
        (28.39, 14.9), (7.94, 10.2), (-2.75, 16.3), (6.82, 11.0),
        (-0.64, 9.4), (0.63, 11.4), (18.01, 10.4), (12.16, 17.6),
    ]
)  # fmt: skip


def bcg():
    """Return log risk ratios, their variances and the latitude of 13 vaccine trials."""
    a, b, c, d, latitude = BCG.T
    y = np.log((a / (a + b)) / (c / (c + d)))
    return y, 1 / a - 1 / (a + b) + 1 / c - 1 / (c + d), latitude


def pseudo(i):
    """Reproducible numbers in [0, 1) from an index: no generator, no seed."""
    h = np.sin(12.9898 * np.asarray(i, float)) * 43758.5453
    return h - np.floor(h)


def golden_series(n=60):
    """Return months and values of TC25."""
    t = np.arange(1, n + 1)
    u = pseudo(t) - 0.5
    for i in range(1, n):
        u[i] += 0.5 * u[i - 1]
    return t, 5 + 0.01 * t - 0.3 * (t > 36) + 0.1 * np.sin(2 * np.pi * t / 12) + 0.2 * u


def golden_panel(donors=20, n=48, n_pre=30):
    """Return the panel of TC18: the treated unit, then the donors."""
    t, j = np.arange(1, n + 1), np.arange(1, donors + 1)
    year = 2 * np.pi * t / 12
    factors = np.vstack([np.ones(n), t / n, np.sin(year), np.cos(year)])
    loadings = np.column_stack(
        [
            4 + 2 * pseudo(100 + j),
            pseudo(200 + j) - 0.5,
            0.4 * pseudo(300 + j),
            0.4 * (pseudo(400 + j) - 0.5),
        ]
    )
    mix = np.zeros(donors)
    mix[[2, 6, 10]] = 0.5, 0.3, 0.2
    treated = mix @ loadings @ factors + 0.06 * (pseudo(5000 + t) - 0.5) - 0.2 * (t > n_pre)
    noise = 0.06 * (pseudo(1000 + j[:, None] * n + t[None]) - 0.5)
    return np.vstack([treated, loadings @ factors + noise])


def golden_counts(n=60):
    """Return months, counts and log exposure of TC17."""
    t = np.arange(1, n + 1)
    people = 40000.0 + 50 * t
    effect = -7 + 0.004 * t - 0.2 * (t > 36) + 0.15 * np.sin(2 * np.pi * t / 12)
    return t, np.floor(people * np.exp(effect) * (0.5 + pseudo(2000 + t))), np.log(people)
