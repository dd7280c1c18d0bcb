"""Options: each kind is read, a wrong value says what to do, the page in docs is true."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils.module_loading import import_string

from mehrwert.base.options import Option, OptionError, options_page, read_options

PAGE = Path(__file__).resolve().parents[4] / "docs" / "operate" / "options.md"
TABLE = (
    Option("word", "a", "Ein Wort."),
    Option("number", 5, "Eine Zahl.", "7"),
    Option("switch", False, "Ein Schalter.", "ja"),
    Option("several", ("a",), "Mehrere.", "a,b"),
)


@pytest.mark.parametrize(
    ("name", "raw", "value"),
    [
        ("word", " b ", " b "),
        ("number", "7", 7),
        *[("switch", raw, True) for raw in ("ja", "JA", "1", "true", "on", "an", "yes")],
        *[("switch", raw, False) for raw in ("nein", "0", "false", "aus", "")],
        ("several", "a, b,,c", ("a", "b", "c")),
        ("several", "", ()),
    ],
)
def test_each_kind_is_read_from_the_environment(name, raw, value):
    found = read_options(TABLE, {f"MEHRWERT_{name.upper()}": raw})
    assert getattr(found, name) == value


@pytest.mark.parametrize(("name", "raw"), [("number", "viele"), ("switch", "vielleicht")])
def test_a_wrong_value_is_said_in_german_with_an_example(name, raw):
    with pytest.raises(OptionError) as raised:
        read_options(TABLE, {f"MEHRWERT_{name.upper()}": raw})
    told = str(raised.value)
    assert f"MEHRWERT_{name.upper()}" in told
    assert f"„{raw}“ ist kein gültiger Wert" in told
    assert "Beispiel:" in told


def test_the_environment_wins_over_the_file_and_the_file_over_the_default(tmp_path):
    file = tmp_path / "mehrwert.toml"
    file.write_text('word = "datei"\nnumber = 9\nseveral = ["x", "y"]\n')
    found = read_options(TABLE, {"MEHRWERT_NUMBER": "1"}, file)
    assert (found.word, found.number, found.switch, found.several) == (
        "datei",
        1,
        False,
        ("x", "y"),
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [("nummer = 1", "unbekannte Optionen: nummer"), ("number = ", "keine gültige TOML-Datei")],
)
def test_a_file_with_a_mistake_is_refused_with_its_name(tmp_path, text, told):
    file = tmp_path / "mehrwert.toml"
    file.write_text(text)
    with pytest.raises(OptionError, match=told) as raised:
        read_options(TABLE, {}, file)
    assert "mehrwert.toml" in str(raised.value)


def test_an_unknown_option_in_the_program_is_an_error():
    with pytest.raises(AttributeError):
        _ = read_options(TABLE, {}).gibt_es_nicht


def test_the_page_of_all_options_is_true(capsys):
    call_command("options")
    assert capsys.readouterr().out == PAGE.read_text(encoding="utf-8")


def test_every_option_says_what_it_is_and_no_secret_has_a_default():
    table = import_string("mehrwert.site.options.OPTIONS")
    assert all(option.doc.endswith(".") for option in table)
    assert [o.name for o in table if o.secret and o.default] == []
    assert options_page(table).count("\n| `MEHRWERT_") == len(table)
