"""Nothing that looks like a secret reaches a log, whatever way it comes."""

import io
import json
import logging
import logging.config

import pytest

from mehrwert.base.log_config import logging_config, redact, redact_path

KEY = "mw_0123456789_" + "S3cr3t" * 7


@pytest.mark.parametrize(
    "text",
    [
        "password=S3cr3t",
        "passwort: S3cr3t",
        "{'password': 'S3cr3t mit Leerzeichen'}",
        '{"token": "S3cr3t"}',
        "Authorization: Bearer S3cr3t",
        "authorization=Basic S3cr3t",
        "Cookie: sessionid=S3cr3t; csrftoken=S3cr3t",
        "sessionid=S3cr3t",
        "client_secret=S3cr3t&x=1",
        "api-key: S3cr3t",
        f"key {KEY} used",
        "postgresql://mehrwert:S3cr3t@localhost/mehrwert",
    ],
)
def test_secrets_are_replaced(text):
    assert "S3cr3t" not in redact(text)


@pytest.mark.parametrize("text", ["Pegel 1,42 m", "GET /auental/daten/ 200", "Passwortregeln"])
def test_ordinary_text_stays(text):
    assert redact(text) == text


def test_the_token_of_a_one_time_link_does_not_reach_the_log():
    token = "a_TzeSjK9wRyOMjn5Dfd2mcpBEFFaX-x7CGGcRjGZtw"
    assert redact_path(f"/konto/einladung/{token}/") == "/konto/einladung/a_Tz…/"
    assert redact_path("/auental/daten/messreihen/17/") == "/auental/daten/messreihen/17/"


def written(style: str, write) -> str:
    config = logging_config("INFO", style)
    config["disable_existing_loggers"] = False
    before = logging.getLogger("mehrwert").handlers[:]
    stream = io.StringIO()
    config["handlers"]["stderr"]["stream"] = stream
    config["loggers"] = {
        "mehrwert.probe": {"handlers": ["stderr"], "level": "INFO", "propagate": False}
    }
    config["root"] = {"handlers": [], "level": "WARNING"}
    logging.config.dictConfig({**config, "incremental": False})
    write(logging.getLogger("mehrwert.probe"))
    logging.getLogger("mehrwert").handlers = before
    return stream.getvalue()


def all_ways(log):
    log.info("password=%s", "S3cr3t")
    log.info("request", extra={"path": "/x", "query": "token=S3cr3t"})
    try:
        raise ValueError("password=S3cr3t")
    except ValueError:
        log.exception("failed")


@pytest.mark.parametrize("style", ["text", "json"])
def test_neither_message_nor_field_nor_traceback_carries_a_secret(style):
    told = written(style, all_ways)
    assert "S3cr3t" not in told
    assert "ValueError" in told
    assert "/x" in told


def test_json_lines_are_json():
    lines = written("json", all_ways).strip().splitlines()
    assert [json.loads(line)["levelname"] for line in lines] == ["INFO", "INFO", "ERROR"]
