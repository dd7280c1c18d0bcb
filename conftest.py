"""Settings of every test run: a foreign time zone and comma decimals must change nothing.

The engine is chosen by the environment: MEHRWERT_DATABASE_URL empty = SQLite, else PostgreSQL.
"""

import os

os.environ.setdefault("TZ", "Pacific/Chatham")
