"""Errors of the interface; the door writes them as ``application/problem+json`` (RFC 9457).

They are for programs, so their words are English and not translated.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Invalid:
    """One bad value: its name, the rule it breaks, the value as given."""

    field: str
    rule: str
    value: str


class ProblemError(Exception):
    """An answer that is no success.

    Args:
        status: HTTP status, 400 to 499.
        title: What could not be done.
        detail: Why.
        invalid: The bad values, for 422.
    """

    def __init__(self, status: int, title: str, detail: str, *invalid: Invalid) -> None:
        super().__init__(detail)
        self.status = status
        self.title = title
        self.detail = detail
        self.invalid = invalid
