"""The services of alerts in a process of their own: what ``kill -9`` is aimed at.

Argument: how far the clock of the sender is ahead, in µs, so that a held message is due again.
"""

import json
import os
import sys

import django


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "mehrwert.site.settings_test"
    django.setup()
    from django.conf import settings
    from django.db import connections

    for alias, values in json.loads(os.environ["TEST_DATABASES"]).items():
        connections.settings[alias].update(values)
        connections[alias].settings_dict.update(values)
    settings.DATA_DIR = type(settings.DATA_DIR)(os.environ["TEST_DATA"])
    vars(settings.MEHRWERT)["outgoing_hosts"] = ("127.0.0.1",)

    from mehrwert.alerts.actions import send_due
    from mehrwert.base.clock import now_us
    from mehrwert.base.delivery import deliver_new

    while deliver_new():
        pass
    print("delivered", flush=True)
    print("sent", send_due(now_us() + int(sys.argv[1])), flush=True)


if __name__ == "__main__":
    main()
