"""Logging: text for people at a terminal, JSON for collectors; secrets never reach either."""

import logging
import re
from typing import Any

NAMES = r"password|passwort|kennwort|secret|token|authorization|cookie|sessionid|api[_-]?key"
VALUE = r"(?:(?:bearer|basic|token)\s+)?(?:\"[^\"]*\"|'[^']*'|[^\s,;&\"']+)"
SECRETS = re.compile(
    rf"(?P<key>mw_[A-Za-z0-9]{{4,12}}_)[A-Za-z0-9_-]+"
    rf"|(?P<name>[\w-]*(?:{NAMES})[\w-]*[\"']?\s*[=:]\s*){VALUE}"
    rf"|(?P<url>//[^/:@\s]+:)[^@\s]+(?=@)",
    re.IGNORECASE,
)
KNOWN_FIELDS = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}
LONG_SEGMENT = re.compile(r"(?<=/)([\w=-]{4})[\w=-]{28,}")


def redact(text: str) -> str:
    """Return the text with everything that looks like a secret replaced by „…“."""
    return SECRETS.sub(lambda m: f"{m['key'] or m['name'] or m['url']}…", text)


def redact_path(path: str) -> str:
    """Return a path whose long parts are cut: links that work once carry their secret there."""
    return LONG_SEGMENT.sub(r"\1…", path)


class RedactFilter(logging.Filter):
    """Removes secrets from message, arguments and extra fields of every record."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Clean the record; never drop it."""
        record.msg = redact(record.getMessage())
        record.args = None
        for name, value in list(record.__dict__.items()):
            if name not in KNOWN_FIELDS and isinstance(value, str):
                record.__dict__[name] = redact_path(value) if name == "path" else redact(value)
        if record.exc_info and not record.exc_text:
            record.exc_text = redact(logging.Formatter().formatException(record.exc_info))
            record.exc_info = None  # a formatter would print it anew, with everything in it
        return True


class TextFormatter(logging.Formatter):
    """One line: time, level, logger, message, then the extra fields."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        extra = " ".join(f"{k}={v}" for k, v in record.__dict__.items() if k not in KNOWN_FIELDS)
        return f"{super().format(record)} {extra}".rstrip()


def logging_config(level: str, style: str) -> dict[str, Any]:
    """Return Django's LOGGING."""
    json_format = {
        "()": "pythonjsonlogger.json.JsonFormatter",
        "fmt": "%(asctime)s %(levelname)s %(name)s %(message)s",
    }
    text_format = {
        "()": "mehrwert.base.log_config.TextFormatter",
        "fmt": "%(asctime)s %(levelname)-7s %(name)s %(message)s",
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"redact": {"()": "mehrwert.base.log_config.RedactFilter"}},
        "formatters": {"line": json_format if style == "json" else text_format},
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "formatter": "line",
                "filters": ["redact"],
            }
        },
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "mehrwert": {"handlers": ["stderr"], "level": level, "propagate": False},
            "django.request": {"level": "ERROR"},
        },
    }
