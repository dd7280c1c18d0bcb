"""The rules of the room as plain functions on values."""

from mehrwert.starters.rules.diffing import Change, FieldChange, diff
from mehrwert.starters.rules.levels import level_of
from mehrwert.starters.rules.parameters import defaults_of, settle
from mehrwert.starters.rules.pieces import Piece, pieces_of

__all__ = [
    "Change",
    "FieldChange",
    "Piece",
    "defaults_of",
    "diff",
    "level_of",
    "pieces_of",
    "settle",
]
