"""Ports for servers that tests start."""

import itertools
import os
import socket

# below the ports that Linux gives to outgoing connections: one of those may take a free port
# between the question and the start of a server that needs seconds
FIRST, LAST, PER_WORKER = 12_000, 32_000, 2_000
_turns = itertools.count(os.getpid())


def free_port() -> int:
    """Return a free port, each time another; workers of one run have ranges of their own."""
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    first = FIRST + worker * PER_WORKER % (LAST - FIRST)
    for turn in itertools.islice(_turns, PER_WORKER):
        port = first + turn % PER_WORKER
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                continue
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port
    raise OSError("no free port")
