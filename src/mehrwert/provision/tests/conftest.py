"""A town, its people, and projects in it."""

from mehrwert.portfolio.tests.conftest import town

__all__ = ["town"]
