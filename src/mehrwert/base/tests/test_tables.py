"""Tables as files: what people and devices write, and what we make of it."""

import gzip
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mehrwert.base.tables.errors import (
    BrokenArchiveError,
    EmptyTableError,
    ExcelFileError,
    LineTooLongError,
    NoColumnsError,
    NotATableError,
)
from mehrwert.base.tables.numbers import guess_decimal, parse_number, parse_numbers
from mehrwert.base.tables.reading import TableFormat, read_chunks
from mehrwert.base.tables.sniffing import sniff
from mehrwert.base.tables.times import TimeKind, guess_kind, parse_time, parse_times
from mehrwert.base.tables.zones import resolve, transitions

HOUR = 3_600_000_000
GERMAN = "Zeit;Temperatur [°C];Größe\r\n31.12.2025 14:00;3,5;1\r\n31.12.2025 15:00;-1,25;\r\n"


@pytest.fixture
def table(tmp_path):
    """Write bytes or text into a file and return its path."""

    def write(content, encoding="utf-8"):
        path = tmp_path / "tabelle.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return write


@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-8", "utf-8-sig"),
        ("utf-8-sig", "utf-8-sig"),
        ("cp1252", "cp1252"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("cp850", "cp850"),
        ("mac_roman", "mac_roman"),
    ],
)
def test_the_encoding_is_recognised(table, encoding, found):
    sniffed = sniff(table(GERMAN, encoding))
    assert sniffed.how.encoding == found
    assert sniffed.names == ["Zeit", "Temperatur [°C]", "Größe"]
    assert sniffed.how.decimal == ","


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("decimal", [",", "."])
def test_delimiter_and_decimal_sign_are_recognised(table, delimiter, decimal):
    value = f'"3{decimal}25"' if delimiter == decimal else f"3{decimal}25"
    line = delimiter.join(["2025-01-01 {h:02}:00", value, "7"])
    rows = [delimiter.join(["Zeit", "a", "b"]), *(line.format(h=h) for h in range(5))]
    sniffed = sniff(table("\n".join(rows)))
    assert (sniffed.how.delimiter, sniffed.how.decimal) == (delimiter, decimal)
    assert sniffed.rows[0] == ["2025-01-01 00:00", f"3{decimal}25", "7"]


@pytest.mark.parametrize(
    ("text", "kind", "first"),
    [
        ("t;v\n2025-12-31 14:00;1\n", "ymd", "2025-12-31T14:00"),
        ("t;v\n2025-12-31T14:00:30Z;1\n", "ymd", "2025-12-31T14:00:30"),
        ("t;v\n2025-12-31T14:00+01:00;1\n", "ymd", "2025-12-31T13:00"),
        ("t;v\n31.12.2025 14:00;1\n", "dmy", "2025-12-31T14:00"),
        ("t;v\n1.2.25 9:05;1\n", "dmy", "2025-02-01T09:05"),
        ("t;v\n31.12.2025, 14:00 Uhr;1\n", "dmy", "2025-12-31T14:00"),
        ("t;v\n31.12.2025 24:00;1\n", "dmy", "2026-01-01T00:00"),
        ("t;v\n12/31/2025 14:00;1\n", "mdy", "2025-12-31T14:00"),
        ("t;v\n1735689600;1\n1735689900;2\n", "unix_s", "2025-01-01T00:00"),
        ("t;v\n1735689600123;1\n1735689900000;2\n", "unix_ms", "2025-01-01T00:00:00.123"),
    ],
)
def test_the_way_a_time_is_written_is_recognised(table, text, kind, first):
    sniffed = sniff(table(text))
    assert sniffed.time.kind == kind
    times = parse_times([row[0] for row in sniffed.rows], TimeKind(kind))
    assert times.us[0] == np.datetime64(first, "us").astype(np.int64)
    assert times.bad == []


def test_date_and_time_of_day_in_two_columns(table):
    sniffed = sniff(table("Datum;Uhrzeit;v\n31.12.2025;14:00;1\n31.12.2025;14:15;2\n"))
    assert (sniffed.time.date, sniffed.time.clock) == (0, 1)


def test_header_after_a_preamble_and_a_row_of_units(table):
    text = "# Station Auental\n\nZeit;Temp;Regen\n;°C;mm\n2025-01-01;1,5;0\n2025-01-02;2,5;1\n"
    sniffed = sniff(table(text))
    assert (sniffed.how.header_row, sniffed.how.first_row) == (3, 5)
    assert sniffed.names == ["Zeit", "Temp", "Regen"]


def test_a_table_without_header_and_one_with_numbers_as_names(table):
    bare = sniff(table("2025-01-01 00:00;1\n2025-01-01 01:00;2\n"))
    assert (bare.how.header_row, bare.how.first_row, bare.names) == (0, 1, ["", ""])
    counts = sniff(table("Datetime,100020113,101\n2019-01-01 00:00,3,\n2019-01-01 00:15,4,5\n"))
    assert counts.names == ["Datetime", "100020113", "101"]


def test_double_names_become_distinct(table):
    sniffed = sniff(table("t;Rad IN;Rad IN;Rad IN\n2025-01-01;1;2;3\n"))
    assert sniffed.names == ["t", "Rad IN", "Rad IN (2)", "Rad IN (3)"]


def test_newest_first_is_noticed(table):
    sniffed = sniff(table("t;v\n2025-01-02 00:00;1\n2025-01-01 00:00;2\n"))
    assert sniffed.time.is_descending


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", EmptyTableError),
        (b"\xff\xfe", EmptyTableError),
        (b"PK\x03\x04rest", ExcelFileError),
        (b"\xd0\xcf\x11\xe0rest", ExcelFileError),
        (b"\x89PNG\r\n\x1a\nrest", NotATableError),
        (bytes(range(1, 32)) * 40, NotATableError),
        (b"Hallo Welt\nkeine Tabelle\n", NoColumnsError),
        (gzip.compress(b"t;v\n2025-01-01;1\n", mtime=0)[:-9], BrokenArchiveError),
    ],
)
def test_what_is_no_table_gets_a_sentence_of_its_own(table, content, error):
    with pytest.raises(error):
        sniff(table(content))


def test_a_quotation_mark_that_is_never_closed_names_its_row(table):
    rows = [f"2025-01-01 {h:02}:00;1" for h in range(24)]
    text = "\n".join(["t;v", *rows, '2025-01-02 00:00;"1', *rows * 400])
    with pytest.raises(LineTooLongError) as error:
        list(read_chunks(table(text), TableFormat()))
    assert error.value.data == {"row": 26}


def test_a_file_without_line_ends_is_refused_in_flat_memory(table):
    with pytest.raises(LineTooLongError):
        list(read_chunks(table("1;2;" * 200_000), TableFormat()))


def test_packed_files_are_read_from_any_row(table):
    text = "t;v\n" + "".join(f"2025-01-01;{i}\n" for i in range(25))
    path = table(gzip.compress(text.encode()))
    whole = [row for chunk in read_chunks(path, TableFormat(), size=10) for row in chunk.rows]
    later = [row for chunk in read_chunks(path, TableFormat(), skip_to=12) for row in chunk.rows]
    assert len(whole) == 25
    assert later == whole[10:]


@pytest.mark.parametrize(
    ("cell", "comma", "point"),
    [
        ("3,5", 3.5, None),
        ("3.5", None, 3.5),
        ("1.234,5", 1234.5, None),
        ("1,234.5", None, 1234.5),
        ("1.234", 1234.0, 1.234),
        ("1 234,5", 1234.5, None),
        ("1'234.5", None, 1234.5),
        ("−7", -7.0, -7.0),
        ("1e3", 1000.0, 1000.0),
        ("1_000", None, None),
        ("inf", None, None),
        ("1e999", None, None),
        ("12.3.4", None, None),
        ("defekt", None, None),
    ],
)
def test_a_number_means_what_its_decimal_sign_says(cell, comma, point):
    assert parse_number(cell, ",") == comma
    assert parse_number(cell, ".") == point


@pytest.mark.parametrize("cell", ["", " ", "-", "NaN", "n/a", "k.A.", "NULL"])
def test_an_empty_cell_is_no_number_and_no_error(cell):
    values, bad = parse_numbers(["1", cell], ".")
    assert np.isnan(values[1])
    assert bad == []


@given(st.lists(st.floats(-1e9, 1e9).map(lambda v: round(v, 3)), min_size=1, max_size=50))
def test_numbers_come_back_whatever_the_decimal_sign(numbers):
    for sign in ",.":
        cells = [f"{number:.3f}".replace(".", sign) for number in numbers]
        values, bad = parse_numbers(cells, sign)
        assert bad == []
        assert np.allclose(values, numbers, atol=5e-4)


def test_three_digits_behind_a_sign_tell_nothing():
    assert guess_decimal(["1.234", "2.345"]) == ""
    assert guess_decimal(["1.234", "0,5"]) == ","
    assert guess_decimal(["0.234"]) == "."


@settings(deadline=None)
@given(
    st.datetimes(np.datetime64("1970-01-01", "us").item(), np.datetime64("2099-01-01", "us").item())
)
def test_a_time_reads_the_same_alone_and_among_others(moment):
    moment = moment.replace(microsecond=0)
    expected = np.datetime64(moment, "us").astype(np.int64)
    for kind, shape in (("ymd", "%Y-%m-%d %H:%M:%S"), ("dmy", "%d.%m.%Y %H:%M:%S")):
        text = moment.strftime(shape).zfill(19)
        assert parse_time(text, TimeKind(kind)) == (expected, True)
        assert parse_times([text] * 3, TimeKind(kind)).us.tolist() == [expected] * 3


def test_impossible_times_are_found_among_good_ones():
    cells = [
        "2025-02-28 00:00",
        "2025-02-29 00:00",
        "2025-13-01 00:00",
        "2025-01-01 25:00",
        "x",
        "",
    ]
    times = parse_times(cells, TimeKind.YMD)
    assert times.bad == [1, 2, 3, 4]
    assert times.empty == [5]


def test_a_day_that_could_be_a_month_is_read_the_german_way():
    assert guess_kind(["03/04/2025 10:00"]) is TimeKind.DMY
    assert guess_kind(["03/04/2025", "03/14/2025", "03/15/2025"]) is TimeKind.MDY


@settings(deadline=None)
@given(
    st.datetimes(np.datetime64("1980-01-01", "us").item(), np.datetime64("2090-01-01", "us").item())
)
def test_local_time_agrees_with_the_zone_data_base(moment):
    zone = ZoneInfo("Europe/Berlin")
    aware = moment.replace(tzinfo=zone)
    epoch = datetime(1970, 1, 1, tzinfo=ZoneInfo("UTC"))
    expected = (aware - epoch) // timedelta(microseconds=1)
    result = resolve(np.array([np.datetime64(moment, "us").astype(np.int64)]), "Europe/Berlin")
    if not result.missing[0]:
        assert result.us[0] == expected


def test_the_missing_and_the_repeated_hour():
    local = np.array(
        ["2024-03-31T01:59", "2024-03-31T02:00", "2024-03-31T03:00", "2024-10-27T02:59"],
        dtype="datetime64[us]",
    ).astype(np.int64)
    result = resolve(local, "Europe/Berlin")
    assert result.missing.tolist() == [False, True, False, False]
    assert result.repeated.tolist() == [False, False, False, True]
    assert result.gain_us[3] == HOUR
    assert str(np.datetime64(int(result.us[3]), "us"))[:16] == "2024-10-27T00:59"


def test_a_zone_without_changes_and_an_unknown_one():
    assert resolve(np.array([0]), "UTC").us.tolist() == [0]
    assert resolve(np.array([HOUR]), "Etc/GMT-1").us.tolist() == [0]
    with pytest.raises(KeyError):
        transitions("Europe/Auental")
