"""``mehrwert codec run`` (OBS-09)."""

import json

import pytest
from django.core.management import CommandError, call_command


def run(tmp_path, script, given, capsys):
    path = tmp_path / "codec.js"
    path.write_text(script, encoding="utf-8")
    code, message = 0, ""
    try:
        call_command("codec", "run", str(path), "--input", given)
    except CommandError as error:
        code, message = error.returncode, str(error)
    out = capsys.readouterr().out
    return code, json.loads(out) if out else None, message


def test_a_good_file_gives_json(tmp_path, capsys):
    script = "function decodeUplink(i) { return {data: {t: i.bytes[0] / 2}} }"
    code, shown, _ = run(tmp_path, script, '{"bytes": "2b", "fPort": 1}', capsys)
    assert (code, shown) == (0, {"data": {"t": 21.5}, "warnings": [], "errors": []})


@pytest.mark.parametrize(
    ("script", "given", "code", "part"),
    [
        ("function decodeUplink() { return {errors: ['kein Wert']} }", '"00"', 1, "kein Wert"),
        ("function Decoder() { for (;;); }", '"00"', 3, "100 ms"),
        ("function Decoder() { return new ArrayBuffer(1e8) }", '"00"', 3, "16 MB"),
        ("var x = 1;", '"00"', 3, "keine der Funktionen"),
        ("function Decoder() { return {} }", "kein JSON", 2, "nicht verwendbar"),
    ],
)
def test_exit_codes_tell_input_codec_and_result_apart(tmp_path, capsys, script, given, code, part):
    found, shown, message = run(tmp_path, script, given, capsys)
    assert found == code
    assert part in message
    assert code == 2 or shown["errors"]


def test_a_missing_file_is_named(capsys):
    with pytest.raises(CommandError, match=r"gibt-es-nicht\.js") as caught:
        call_command("codec", "run", "gibt-es-nicht.js", "--input", "[]")
    assert caught.value.returncode == 2


def test_the_examples_of_a_folder_are_tried(tmp_path, capsys):
    (tmp_path / "codec.js").write_text("function Decoder(b) { return {n: b[0]} }")
    (tmp_path / "examples.yaml").write_text("- {name: gut, fPort: 1, bytes: '07', data: {n: 7}}")
    call_command("codec", "check", str(tmp_path))
    assert "gut: bestanden" in capsys.readouterr().out
    (tmp_path / "examples.yaml").write_text("- {name: falsch, bytes: '07', data: {n: 8}}")
    with pytest.raises(CommandError):
        call_command("codec", "check", str(tmp_path))
    assert "nicht bestanden (differs) n" in capsys.readouterr().out
