"""Everything that reads: the library of packages, what is set up, what an update would do."""

from mehrwert.starters.library import bundled, bundled_package, check_folder

__all__ = ["bundled", "bundled_package", "check_folder"]
