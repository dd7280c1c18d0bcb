"""The rules of the room as plain functions on values."""

from .closing import state_on
from .matching import Entry, Hit, find_entries, letters_of

__all__ = ["Entry", "Hit", "find_entries", "letters_of", "state_on"]
