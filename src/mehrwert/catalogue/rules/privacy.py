"""Takes mail addresses and phone numbers out of texts before anybody sees them (CAT-807)."""

import re

REMOVED = "[entfernt]"
_MAIL = re.compile(r"[\w.+-]+\s?(?:@|\(at\)|\[at\])\s?[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
_PHONE = re.compile(
    r"(?<![\w/])(?:\+\d{2}[\d ()/.-]{6,}\d|\(?0\d{2,5}\)?\s?[/ -]\s?\d[\d -]{3,}\d)"
)


def without_personal_data(text: str) -> str:
    """Return a text with mail addresses and phone numbers replaced."""
    return _PHONE.sub(REMOVED, _MAIL.sub(REMOVED, text))
