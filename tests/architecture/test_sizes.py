"""Files stay readable: 500 lines a file, 50 a function, 6 parameters."""

import pytest

from .house import ROOT, outline_of, python_files, short

pytestmark = [pytest.mark.xdist_group("outlines")]

MOST_LINES = 500
MOST_FUNCTION_LINES = 50
MOST_POSITIONAL = 6


def test_no_file_is_longer_than_500_lines():
    others = [p for f in ("tests", "bench", "tools") for p in (ROOT / f).rglob("*.py")]
    room_tests = list((ROOT / "src").rglob("tests/*.py"))
    long = {
        short(p): n
        for p in [*python_files(), *others, *room_tests]
        if (n := len(p.read_text(encoding="utf-8").splitlines())) > MOST_LINES
    }
    assert long == {}


def test_no_function_is_longer_than_50_lines():
    long = {
        f"{short(p)}:{f.name}": f.lines
        for p in python_files()
        for f in outline_of(p).functions
        if f.lines > MOST_FUNCTION_LINES
    }
    assert long == {}


def test_no_function_takes_more_than_6_positional_parameters():
    wide = {
        f"{short(p)}:{f.name}": f.positional
        for p in python_files()
        for f in outline_of(p).functions
        if f.positional > MOST_POSITIONAL + 1
    }
    assert wide == {}
