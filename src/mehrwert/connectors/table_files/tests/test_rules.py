"""What rows of text are worth: clock changes, remarks, guesses, descriptions."""

import numpy as np
import pytest

from mehrwert.base.tables.reading import Chunk, TableFormat
from mehrwert.base.tables.sniffing import TimeColumns
from mehrwert.base.tables.times import TimeKind
from mehrwert.base.tables.zones import ClockChange
from mehrwert.connectors.table_files.errors import DescriptionError
from mehrwert.connectors.table_files.rules.description import (
    load_description,
    plan_of,
    read_stations,
    series_names,
)
from mehrwert.connectors.table_files.rules.interpreting import Interpreter
from mehrwert.connectors.table_files.rules.meaning import find_unit, guess_meaning
from mehrwert.connectors.table_files.rules.plan import (
    ReadingPlan,
    TimePlan,
    Window,
    column_letter,
    plan_from_json,
    plan_to_json,
)
from mehrwert.connectors.table_files.rules.tally import Tally
from mehrwert.connectors.table_files.rules.targets import (
    Column,
    Targets,
    key_of,
    targets_from_json,
    targets_to_json,
)

from .conftest import DESCRIPTION

MISSING = ["2025-03-30 01:45", "2025-03-30 02:00", "2025-03-30 02:45", "2025-03-30 03:00"]
DOUBLED = ["2025-10-26 02:00", "2025-10-26 02:30", "2025-10-26 02:00", "2025-10-26 02:30"]
ONCE = ["2025-10-26 01:45", "2025-10-26 02:00", "2025-10-26 02:30", "2025-10-26 03:00"]


def plan(change=None, *, covers_s=0, descending=False, decimal=",", **window):
    where = TimeColumns(0, TimeKind.YMD, is_descending=descending)
    how = TableFormat(decimal=decimal)
    return ReadingPlan(how, TimePlan(where, change=change, covers_s=covers_s), (1,), ("Zeit", "W"))


def read(rows, given=None, first_row=2, window=None):
    """Interpret rows; return (UTC times with values), the readings and the tally."""
    tally = Tally()
    reader = Interpreter(given or plan(), window=window or Window())
    readings = reader.read(Chunk(first_row, rows, 0), tally)
    times = [str(np.datetime64(int(t), "us"))[5:16] for t in readings.times_us]
    return list(zip(times, readings.columns[1].tolist(), strict=True)), readings, tally


def rows_of(times):
    return [[time, str(i)] for i, time in enumerate(times)]


def told(tally):
    return [(p.row, p.column, p.code.value, p.cell) for p in tally.problems]


def test_the_hour_missing_in_march_is_reported_and_left_out():
    found, _, tally = read(rows_of(MISSING))
    assert found == [("03-30T00:45", 0.0), ("03-30T01:00", 3.0)]
    assert told(tally) == [
        (3, 1, "missing_hour", "2025-03-30 02:00"),
        (4, 1, "missing_hour", "2025-03-30 02:45"),
    ]


def test_doubled_rows_in_october_are_summer_then_winter_time():
    found, _, tally = read(rows_of(DOUBLED), plan(ClockChange.BOTH))
    assert found == [
        ("10-26T00:00", 0.0),
        ("10-26T00:30", 1.0),
        ("10-26T01:00", 2.0),
        ("10-26T01:30", 3.0),
    ]
    assert (tally.repeated, tally.problems) == (4, [])


def test_doubled_rows_are_told_apart_across_chunks_and_after_an_interruption():
    rows, given = rows_of(DOUBLED), plan(ClockChange.BOTH)
    first = Interpreter(given)
    first.read(Chunk(2, rows[:2], 0), Tally())
    later = Interpreter(given, first.state())
    readings = later.read(Chunk(4, rows[2:], 0), Tally())
    assert [str(np.datetime64(int(t), "us"))[11:16] for t in readings.times_us] == [
        "01:00",
        "01:30",
    ]


def test_in_a_table_with_the_newest_first_winter_time_comes_first():
    found, _, _ = read(rows_of(DOUBLED[::-1]), plan(ClockChange.BOTH, descending=True))
    assert [value for _, value in found] == [3.0, 2.0, 1.0, 0.0]


def test_rows_with_both_hours_are_stored_once_at_summer_time_and_marked():
    found, readings, tally = read(rows_of(ONCE), plan(ClockChange.MERGED, covers_s=900))
    assert [time for time, _ in found] == [
        "10-25T23:45",
        "10-26T00:00",
        "10-26T00:30",
        "10-26T02:00",
    ]
    assert readings.merged.tolist() == [False, True, True, False]
    assert (readings.ends_us - readings.times_us).tolist() == [900_000_000] * 4
    assert (tally.errors, tally.notes) == (0, 2)


def test_rows_of_the_repeated_hour_may_be_left_out():
    found, _, tally = read(rows_of(ONCE), plan(ClockChange.SKIP))
    assert len(found) == 2
    assert tally.codes == {"repeated_hour": 2}


def test_unasked_the_repeated_hour_is_left_out_and_counted_for_the_question():
    found, _, tally = read(rows_of(ONCE))
    assert (len(found), tally.repeated) == (2, 2)


def test_a_day_is_as_long_as_the_clock_says():
    rows = [["2025-03-30", "1"], ["2025-10-26", "2"], ["2025-11-01", "3"]]
    _, readings, _ = read(rows, plan(covers_s=86_400))
    hours = (readings.ends_us - readings.times_us) // 3_600_000_000
    assert hours.tolist() == [23, 25, 24]


def test_each_wrong_cell_is_reported_with_row_and_column():
    rows = [
        ["2025-01-01 00:00", "1,5"],
        ["gestern", "1,5"],
        ["2025-01-01 00:30", "defekt"],
        ["2025-01-01 00:45", "1.5"],
        ["", "4"],
        ["2025-01-01 01:00"],
        [],
        ["2025-01-01 01:15", "1", ""],
        ["2025-01-01 01:15", "2"],
        ["2025-01-01 01:30", "\udcfc"],
        ["2025-01-01 01:45", ""],
    ]
    found, _, tally = read(rows)
    assert told(tally) == [
        (3, 1, "time", "gestern"),
        (4, 2, "number", "defekt"),
        (5, 2, "decimal", "1.5"),
        (6, 1, "no_time", ""),
        (7, 0, "cells", "1"),
        (10, 1, "same_time", "2025-01-01 01:15"),
        (11, 2, "encoding", "\ufffd"),
    ]
    assert (tally.rows, tally.values, tally.empty) == (10, 2, 1)
    assert [v for _, v in found if v == v] == [1.5, 1.0]


def test_a_window_reads_only_its_part():
    rows = rows_of(["2025-01-01 00:00", "2025-01-01 01:00", "2025-01-01 02:00"])
    start = int(np.datetime64("2025-01-01T00:00", "us").astype(np.int64))
    found, _, tally = read(rows, window=Window(start, start + 3_600_000_000))
    assert [value for _, value in found] == [1.0]
    assert (tally.rows, tally.values) == (3, 1)


@pytest.mark.parametrize(
    ("header", "name", "quantity", "unit", "aggregation"),
    [
        ("Temperatur [°C]", "Temperatur", "Temperatur", "°C", "mean"),
        ("Niederschlag (mm)", "Niederschlag", "Niederschlag", "mm", "sum"),
        ("Regen", "Regen", "Niederschlag", "mm", "sum"),
        ("Pegel in cm", "Pegel", "Wasserstand", "cm", "mean"),
        ("soil_moisture", "soil_moisture", "Bodenfeuchte", "%", "mean"),
        ("temp_degC", "temp", "Temperatur", "°C", "mean"),
        ("Gießmenge [l]", "Gießmenge", "Gießmenge", "l", "sum"),
        ("Kanal 7", "Kanal 7", None, "", "mean"),
        ("Zufluss [Foo]", "Zufluss", None, "Foo", "mean"),
    ],
)
def test_the_meaning_is_guessed_from_the_name(header, name, quantity, unit, aggregation):
    guess = guess_meaning(header)
    assert (guess.name, guess.unit, guess.aggregation) == (name, unit, aggregation)
    assert (guess.quantity.name if guess.quantity else None) == quantity


def test_units_are_found_by_symbol_name_and_spelling():
    assert find_unit("mm").symbol == "mm"
    assert find_unit("MM").symbol == "mm"
    assert find_unit("Grad Celsius").symbol == "°C"
    assert find_unit("µg/m3").symbol == "µg/m³"
    assert find_unit("Foo") is None


def test_plans_and_targets_survive_being_stored():
    given = plan(ClockChange.MERGED, covers_s=900, descending=True)
    assert plan_from_json(plan_to_json(given)) == given
    targets = Targets({1: Column(name="Pegel"), 4: Column(7)}, thing_name="Brücke", source="Bauhof")
    assert targets_from_json(targets_to_json(targets)) == targets


def test_columns_have_the_letters_of_a_spreadsheet():
    assert [column_letter(i) for i in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_a_key_is_stable_and_never_too_long():
    assert key_of(7, " Pegel  Brücke ") == key_of(7, "pegel brücke")
    assert len(key_of("x" * 900)) < 200
    assert key_of("x" * 900) != key_of("x" * 901)


def test_double_names_of_channels_become_distinct_and_unnamed_ones_get_one():
    description = load_description(DESCRIPTION)
    listed = [{"station": "9", "name": "Wall", "channels": {"9": "Wall", "1": "IN", "2": "IN"}}]
    (station,) = read_stations(description, listed)
    names = series_names(description, station, ["9", "1", "2", "3"])
    assert names == {"9": "Wall, gesamt", "1": "IN (1)", "2": "IN (2)", "3": "Wall, Kanal 3"}
    assert plan_of(description, ["Datetime", "9", "1", "2", "3"], station).values == (1, 2, 3, 4)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (("key =", "kee ="), "kee"),
        (('time = "Datetime"', ""), "table.time"),
        (('clock_change = "merged"', 'clock_change = "vielleicht"'), "table.clock_change"),
        (("covers_s = 900", 'covers_s = "900"'), "table.covers_s"),
        (("covers_s = 900", 'zone = "Europe/Auental"'), "table.zone"),
        (("[series]", "[serien]"), "[series]"),
    ],
)
def test_a_wrong_description_names_its_field(change, field):
    with pytest.raises(DescriptionError) as error:
        load_description(DESCRIPTION.replace(*change))
    assert error.value.data["field"] == field
