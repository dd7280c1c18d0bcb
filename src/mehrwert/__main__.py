"""The command ``mehrwert …``: Django's command line with our settings."""

import os
import sys


def main() -> None:
    """Run one command of the platform."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mehrwert.site.settings")
    if sys.argv[1:2] == ["demo"]:
        from mehrwert.demo.launch import prepare

        prepare(sys.argv[2:], os.environ)
    from django.core.management import execute_from_command_line

    execute_from_command_line(["mehrwert", *sys.argv[1:]])


if __name__ == "__main__":
    main()
