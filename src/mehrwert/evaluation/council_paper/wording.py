"""Money, days and small answers as the paper writes them; unknown is a word, never a gap."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.utils.translation import get_language, gettext

from mehrwert.evaluation.council_paper.facts import Amount
from mehrwert.figures.text import MONTHS, NBSP, number


def language() -> str:
    """Return the language the paper is written in."""
    return "en" if (get_language() or "de").startswith("en") else "de"


def unknown() -> str:
    """Return the word for what nobody knows."""
    return gettext("nicht bekannt")


def euro(amount: Amount) -> str:
    """Return ``12.400 €``; cents only where there are any; unknown is said."""
    if amount is None:
        return unknown()
    places = 0 if amount == amount.to_integral_value() else 2
    return f"{number(float(amount), places, language=language())}{NBSP}€"


def euro_exact(amount: Amount) -> str:
    """Return an amount always with cents: ``0,42 €``."""
    if amount is None:
        return unknown()
    return f"{number(float(amount), 2, language=language())}{NBSP}€"


def hours(amount: Decimal | None) -> str:
    """Return hours a year; they stand beside euros and are never added to them."""
    if amount is None:
        return unknown()
    return f"{number(float(amount), language=language())}{NBSP}h"


def day(given: date | None) -> str:
    """Return ``1. März 2027``."""
    if given is None:
        return unknown()
    month = MONTHS[language()].split()[given.month - 1]
    dot = "." if language() == "de" else ""
    return f"{given.day}{dot}{NBSP}{month}{NBSP}{given.year}"


def said(text: str) -> str:
    """Return the text, or that it is not known."""
    return text.strip() or unknown()


def listed(items: Iterable[str], none: str) -> str:
    """Return items with commas, or the words for none."""
    return ", ".join(items) or none


def chance(share: float | None) -> str:
    """Return a probability as a natural frequency: ``70 von 100``; never 0 or 100."""
    if share is None:
        return unknown()
    if share < 0.01:
        return gettext("unter 1 von 100")
    if share > 0.99:
        return gettext("über 99 von 100")
    return gettext("%(n)s von 100") % {"n": round(share * 100)}
