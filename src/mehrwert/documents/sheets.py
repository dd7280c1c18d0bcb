"""The two forms of paper: a letter upright, and a sheet for one wide table on one page."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paper:
    """Measures of a page in mm; ``table_pt`` is the size of letters in tables."""

    width_mm: int
    height_mm: int
    left_mm: int
    right_mm: int
    table_pt: float

    @property
    def text_mm(self) -> float:
        """Return the width of the text."""
        return float(self.width_mm - self.left_mm - self.right_mm)

    @property
    def orientation(self) -> str:
        """Return the word that both office formats use."""
        return "landscape" if self.width_mm > self.height_mm else "portrait"


LETTER = Paper(210, 297, 25, 20, 8.5)
SHEET = Paper(297, 210, 12, 12, 6.5)
