"""A worker process of its own on the databases of the test: what ``kill -9`` is aimed at."""

import json
import os
import sys
import time

import django


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "mehrwert.site.settings_test"
    django.setup()
    from django.conf import settings
    from django.db import connections

    for alias, values in json.loads(os.environ["TEST_DATABASES"]).items():
        connections.settings[alias].update(values)
        connections[alias].settings_dict.update(values)
    settings.MEDIA_ROOT = os.environ["TEST_MEDIA"]

    from mehrwert.base.tables import reading
    from mehrwert.base.worker import JobWorker

    reading.read_chunks.__kwdefaults__["size"] = 100
    JobWorker(threads=1, lease_s=float(sys.argv[1])).start()
    print("ready", flush=True)
    while True:
        time.sleep(1)


if __name__ == "__main__":
    main()
