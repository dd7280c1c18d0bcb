"""Compressed copies of our own style sheets and scripts; set-up compresses those of others."""

import gzip
from pathlib import Path

import brotli
from django.contrib.staticfiles.finders import get_finders

SMALLEST_BYTES = 500
TEXTS = {".css", ".js", ".mjs", ".svg", ".json"}


def compress_stale() -> int:
    """Write ``.br`` and ``.gz`` beside each text whose copies are missing or older.

    Returns how many. A folder that cannot be written to is the one of an installed package: its
    copies came with it.
    """
    return sum(_compress(path) for path in _own_texts() if _is_stale(path))


def _own_texts() -> list[Path]:
    found = []
    for finder in get_finders():
        for name, storage in finder.list(["vendor/*"]):
            path = Path(storage.path(name))
            if path.suffix in TEXTS and "vendor" not in path.parts:
                found.append(path)
    return found


def _is_stale(path: Path) -> bool:
    copy = path.with_name(path.name + ".br")
    state = path.stat()
    if state.st_size < SMALLEST_BYTES:
        return False
    return not copy.exists() or copy.stat().st_mtime_ns < state.st_mtime_ns


def _compress(path: Path) -> bool:
    content = path.read_bytes()
    try:
        path.with_name(path.name + ".gz").write_bytes(gzip.compress(content, 9, mtime=0))
        path.with_name(path.name + ".br").write_bytes(brotli.compress(content))
    except OSError:
        return False
    return True
