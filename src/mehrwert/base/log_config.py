"""Logging: text for people at a terminal, JSON for collectors; secrets never reach either."""

import logging
import re
from typing import Any

SECRETS = re.compile(
    r"(mw_[A-Za-z0-9]{4,12}_)[A-Za-z0-9_-]+|((?:password|passwort|secret|token|authorization|cookie)"
    r"[\"']?\s*[=:]\s*)[^\s,;&\"']+|(//[^/:@\s]+:)[^@\s]+(?=@)",
    re.IGNORECASE,
)


def redact(text: str) -> str:
    """Return the text with everything that looks like a secret replaced by „…“."""
    return SECRETS.sub(lambda m: f"{m.group(1) or m.group(2) or m.group(3)}…", text)


class RedactFilter(logging.Filter):
    """Removes secrets from message and arguments of every record."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Clean the record; never drop it."""
        record.msg = redact(record.getMessage())
        record.args = None
        if record.exc_info and not record.exc_text:
            record.exc_text = redact(logging.Formatter().formatException(record.exc_info))
        return True


class TextFormatter(logging.Formatter):
    """One line: time, level, logger, message, then the extra fields."""

    KNOWN = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        extra = " ".join(f"{k}={v}" for k, v in record.__dict__.items() if k not in self.KNOWN)
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
