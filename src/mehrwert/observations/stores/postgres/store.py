"""PostgreSQL: pool for reading, errors."""

from typing import Any


class PostgresStore:
    """Under construction."""

    engine = "postgres"

    def __init__(self, settings: dict[str, Any]) -> None:
        self.settings = settings
