"""Numbers and instants as people write them, German or English; one place for page and paper."""

from datetime import datetime

NBSP = "\u00a0"
MINUS = "\u2212"
MONTHS = {
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "en": "January February March April May June July August September October November December",
}


def number(value: float | None, places: int | None = None, *, language: str = "de") -> str:
    """Return a number with grouped thousands, decimal comma in German and a real minus sign.

    Args:
        value: Missing and NaN become an en dash.
        places: Decimals; ``None`` takes two below 100, one below 1,000, else none, and drops zeros.
        language: ``de`` or ``en``.
    """
    if value is None or value != value:
        return "–"
    fixed = places is not None
    if places is None:
        places = 2 if abs(value) < 100 else 1 if abs(value) < 1000 else 0
    text = f"{abs(value):,.{places}f}"
    if not fixed and "." in text:
        text = text.rstrip("0").rstrip(".")
    if language == "de":
        text = text.translate(str.maketrans(",.", ".,"))
    is_zero = not text.strip("0.,")
    return f"{MINUS}{text}" if value < 0 and not is_zero else text


def quantity(
    value: float | None, unit: str = "", places: int | None = None, *, language: str = "de"
) -> str:
    """Return a number with its unit behind a no-break space."""
    text = number(value, places, language=language)
    return f"{text}{NBSP}{unit}" if unit and text != "–" else text


def day(moment: datetime, *, language: str = "de") -> str:
    """Return ``16. Juli 2026``; no-break before the month."""
    month = MONTHS[language].split()[moment.month - 1]
    dot = "." if language == "de" else ""
    return f"{moment.day}{dot}{NBSP}{month} {moment.year}"


def clock(moment: datetime, *, language: str = "de") -> str:
    """Return ``14:05 Uhr``."""
    return f"{moment:%H:%M}{NBSP}Uhr" if language == "de" else f"{moment:%H:%M}"
