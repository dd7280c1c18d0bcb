"""The command ``mehrwert …``: Django's command line with our settings."""

import os
import sys

from mehrwert import __version__
from mehrwert.base.options import OptionError


def main() -> None:
    """Run one command of the platform."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mehrwert.site.settings")
    if sys.argv[1:2] == ["demo"]:
        from mehrwert.demo.launch import prepare

        prepare(sys.argv[2:], os.environ)
    if sys.argv[1:] == ["--version"]:
        sys.stdout.write(f"Mehrwert {__version__}\n")
        return
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(["mehrwert", *sys.argv[1:]])
    except OptionError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
