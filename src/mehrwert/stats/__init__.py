"""Statistics: effects of one municipality, synthesis over many. Pure, typed, deterministic.

Numpy and scipy only; importing the package does not import scipy (its modules do, when used).
"""
