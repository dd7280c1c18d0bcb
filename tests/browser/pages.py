"""The one table of pages: every browser test walks it. A new page is one more line."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "chart", "map"]


@dataclass(frozen=True)
class Screen:
    """One page as one reader sees it.

    ``path`` may name ``{thing}``, ``{datastream}``, ``{job}`` of the seeded town ``auental``.
    ``role`` is empty for nobody signed in. ``kind`` chooses the weight budget of ux.md 14.
    """

    name: str
    path: str
    role: str = "admin"
    kind: Kind = "text"
    status: int = 200

    def __str__(self) -> str:
        return self.name


SCREENS: tuple[Screen, ...] = (
    Screen("help", "/hilfe/", ""),
    Screen("imprint", "/rechtliches/impressum/", ""),
    Screen("privacy", "/rechtliches/datenschutz/", ""),
    Screen("accessibility", "/rechtliches/barrierefreiheit/", ""),
    Screen("not-found", "/gibt-es-nicht/", "", status=404),
)
