"""The package format: a folder of data with one manifest. Plain Python, no database."""

from mehrwert.starters.format.checksum import content_digest, package_checksum
from mehrwert.starters.format.loading import check_package, read_package
from mehrwert.starters.format.model import DemoRow, Package
from mehrwert.starters.format.schema import SCHEMA_FILE, Finding, read_schema

__all__ = [
    "SCHEMA_FILE",
    "DemoRow",
    "Finding",
    "Package",
    "check_package",
    "content_digest",
    "package_checksum",
    "read_package",
    "read_schema",
]
