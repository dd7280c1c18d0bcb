"""The bundled counts are those of the city, cell by cell."""

import csv
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from mehrwert.demo import bundle
from mehrwert.demo.actions import muenster

SAMPLES = Path(__file__).resolve().parent / "data"


@pytest.fixture(scope="module")
def parts():
    return [bundle.read_part("older"), bundle.read_part("newest")]


def bundled_cells(parts, station: str) -> dict[str, dict[str, int]]:
    """Return time → channel → count of one station, empty cells left out."""
    position = [s["key"] for s in bundle.index()["stations"]].index(station)
    channels = [s["key"] for s in bundle.index()["stations"][position]["series"]]
    found: dict[str, dict[str, int]] = {}
    for part in parts:
        for time, column in zip(part.times.tolist(), part.grids[position].T.tolist(), strict=True):
            cells = {c: v for c, v in zip(channels, column, strict=True) if v != bundle.ABSENT}
            if cells:
                found[f"{time:%Y-%m-%d %H:%M}"] = cells
    return found


@pytest.mark.parametrize("sample", ["100031297", "300037926"])
def test_every_cell_of_a_sample_of_the_source_is_in_the_bundle(parts, sample):
    cells = bundled_cells(parts, sample)
    with (SAMPLES / f"{sample}.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    wanted = {
        row["Datetime"]: {k: int(v) for k, v in row.items() if k != "Datetime" and v}
        for row in rows
    }
    assert len(rows) >= 40
    assert {time: cells[time] for time in wanted} == wanted


def test_the_hour_that_was_left_out_in_march_has_no_counts(parts):
    cells = bundled_cells(parts, "100031297")
    assert "2025-03-30 01:45" in cells
    assert "2025-03-30 02:00" not in cells


def test_the_two_parts_follow_each_other_and_make_two_years(parts):
    times = np.concatenate([part.times for part in parts])
    assert (np.diff(times) == bundle.STEP).all()
    assert str(times[0]) == "2024-08-22T00:00"
    assert str(times[-1]) == "2026-08-21T23:45"


def test_the_bundle_holds_as_many_values_as_its_index_says(parts):
    counted = [sum(int((g != bundle.ABSENT).sum()) for g in part.grids) for part in parts]
    assert counted == [4_714_579, 252_000]
    assert len(bundle.index()["stations"]) == 23


# a busy machine is no error
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    st.lists(
        hnp.arrays(
            np.int32, st.tuples(st.integers(1, 5), st.just(7)), elements=st.integers(-1, 2000)
        ),
        min_size=1,
        max_size=4,
    )
)
def test_whatever_is_encoded_comes_back(grids):
    again = bundle.Grids(bundle.encode(grids), [len(grid) for grid in grids])
    assert all(np.array_equal(a, b) for a, b in zip(grids, again, strict=True))


def test_a_stretch_without_any_count_gives_no_rows(tmp_path, monkeypatch):
    """Tables are written in stretches; a station that did not count in one leaves it out."""
    part = bundle.read_part("newest")
    grids = [grid[:, :6].copy() for grid in part.grids]
    for grid in grids:
        grid[:, :2] = bundle.ABSENT
        grid[:, 2:] = 7
    monkeypatch.setattr(muenster, "ROWS_AT_ONCE", 2)
    muenster.write_tables(replace(part, times=part.times[:6], grids=grids), tmp_path)
    tables = sorted(tmp_path.glob("*.csv"))
    assert len(tables) == 23
    for table in tables:
        header, *rows = table.read_text(encoding="utf-8").splitlines()
        assert len(rows) == 4, table.name
        assert set(rows[0].split(",")[1:]) == {"7"}
        assert header.startswith("Datetime,")
