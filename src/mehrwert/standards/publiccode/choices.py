"""Values that publiccode.yml allows where the list is short; long lists lie in ``data/``."""

from enum import StrEnum
from typing import Final


class Severity(StrEnum):
    """How much a finding weighs. Only errors make a file invalid."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class DevelopmentStatus(StrEnum):
    """Key ``developmentStatus``."""

    CONCEPT = "concept"
    DEVELOPMENT = "development"
    BETA = "beta"
    STABLE = "stable"
    OBSOLETE = "obsolete"


class SoftwareType(StrEnum):
    """Key ``softwareType``."""

    MOBILE = "standalone/mobile"
    IOT = "standalone/iot"
    DESKTOP = "standalone/desktop"
    WEB = "standalone/web"
    BACKEND = "standalone/backend"
    OTHER = "standalone/other"
    ADDON = "addon"
    LIBRARY = "library"
    CONFIGURATION_FILES = "configurationFiles"


class MaintenanceType(StrEnum):
    """Key ``maintenance.type``."""

    INTERNAL = "internal"
    CONTRACT = "contract"
    COMMUNITY = "community"
    NONE = "none"


# every version is read with the rules of 0.7; those not in CURRENT_VERSIONS get a warning
SUPPORTED_VERSIONS: Final = (
    *("0", "0.2", "0.2.0", "0.2.1", "0.2.2", "0.3", "0.3.0"),
    *("0.4", "0.4.0", "0.5", "0.5.0", "0.7", "0.7.0"),
)
CURRENT_VERSIONS: Final = frozenset({"0", "0.7", "0.7.0"})
EXPORT_VERSION: Final = "0"

ITALIAN_EXTENSION_VERSIONS: Final = ("0.2", "1.0")
MOST_BYTES: Final = 1_048_576
LEAST_LOGO_WIDTH_PX: Final = 120
