"""Settings of the test run: a data folder of its own per worker, fast hashing, no outside world."""

import os
import tempfile
from pathlib import Path

_root = os.environ.get("MEHRWERT_TEST_DATA") or tempfile.mkdtemp(prefix="mehrwert-test-")
_worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
_data_dir = Path(_root) / _worker
(_data_dir / "static").mkdir(parents=True, exist_ok=True)
os.environ["MEHRWERT_DATA_DIR"] = str(_data_dir)
os.environ.setdefault("MEHRWERT_SECRET_KEY", "only-for-tests")

from mehrwert.site.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
for _database in DATABASES.values():  # noqa: F405
    _database["OPTIONS"].pop("pool", None)
