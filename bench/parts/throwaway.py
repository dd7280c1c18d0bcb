"""A throwaway database with all tables, for benches that ask the rooms themselves."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "src"))


@contextmanager
def throwaway_database() -> Iterator[str]:
    """Set Django up on empty databases of the engine that ``MEHRWERT_DATABASE_URL`` names.

    Yields:
        Name of the engine.
    """
    with tempfile.TemporaryDirectory() as folder:
        os.environ["MEHRWERT_DATA_DIR"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "mehrwert.site.settings"
        import django

        django.setup()
        from django.db import connection
        from django.test import utils

        utils.setup_test_environment()
        databases = utils.setup_databases(verbosity=0, interactive=False)
        try:
            yield connection.vendor
        finally:
            utils.teardown_databases(databases, verbosity=0)
