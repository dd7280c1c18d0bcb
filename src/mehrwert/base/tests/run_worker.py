"""A worker process of its own on the database of the test: what ``kill -9`` is aimed at."""

import json
import os
import sys
import time

import django
from django.db import connections


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "mehrwert.site.settings_test"
    django.setup()
    for alias, name in json.loads(os.environ["TEST_DATABASES"]).items():
        connections.databases[alias]["NAME"] = name

    from mehrwert.base.worker import JobWorker

    JobWorker(threads=1, lease_s=float(sys.argv[1])).start()
    print("ready", flush=True)
    while True:
        time.sleep(1)


if __name__ == "__main__":
    main()
