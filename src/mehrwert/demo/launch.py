"""What ``mehrwert demo`` decides before Django reads its settings. Plain Python."""

import argparse
import ctypes
import tempfile
from collections.abc import MutableMapping, Sequence
from contextlib import suppress
from pathlib import Path

FOLDER = "data/demo"
_M_ARENA_MAX = -8  # malloc.h of glibc


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("--port", type=int, default=0, help="Anschluss; ohne Angabe 8000")
    parser.add_argument("--no-browser", action="store_true", help="keinen Browser öffnen")
    parser.add_argument("--reset", action="store_true", help="die Demo neu anfangen")
    parser.add_argument("--data", default="", help=f"Ordner der Demo; ohne Angabe {FOLDER}")
    parser.add_argument(
        "--smoke", action="store_true", help="starten, Seiten besuchen, messen, beenden"
    )
    parser.add_argument(
        "--only-tell-times",
        action="store_true",
        help="mit --smoke: langsame Seiten nennen, aber nicht als Mangel zählen",
    )


def prepare(arguments: Sequence[str], environ: MutableMapping[str, str]) -> None:
    """Choose the options of a demo: on, quiet, in a folder of its own.

    A smoke run begins from nothing in a throw-away folder, unless a folder is given.
    """
    parser = argparse.ArgumentParser(add_help=False)
    add_arguments(parser)
    given, _ = parser.parse_known_args(list(arguments))
    environ["MEHRWERT_DEMO"] = "ja"
    environ.setdefault("MEHRWERT_LOG_LEVEL", "WARNING")
    environ.setdefault("MEHRWERT_WORKER_THREADS", "1")
    if given.data:
        environ["MEHRWERT_DATA_DIR"] = given.data
    elif given.smoke:
        environ["MEHRWERT_DATA_DIR"] = tempfile.mkdtemp(prefix="mehrwert-smoke-")
    else:
        environ.setdefault("MEHRWERT_DATA_DIR", FOLDER)
    _share_heaps()
    (Path(environ["MEHRWERT_DATA_DIR"]) / "static").mkdir(parents=True, exist_ok=True)


def _share_heaps() -> None:
    """Let all threads share two heaps; one for each thread, as glibc does, costs 80 MB more."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 2)
