"""Colours of figures: on a page they follow light and dark, on paper they are fixed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Palette:
    """Values for presentation attributes; text keeps at least 4.5:1, shapes 3:1."""

    ink: str
    ink_3: str
    grid: str
    edge: str
    card: str
    blue: str
    green: str
    red: str
    amber: str
    land: str
    neighbour: str
    font: str


PAGE = Palette(
    ink="var(--ink)",
    ink_3="var(--ink-3)",
    grid="var(--line-2)",
    edge="var(--edge)",
    card="var(--card)",
    blue="var(--blue)",
    green="var(--green)",
    red="var(--red)",
    amber="var(--amber)",
    land="#e6eedd",
    neighbour="#eef2f6",
    font="",
)
PAPER = Palette(
    ink="#0f2137",
    ink_3="#56667a",
    grid="#e9eef3",
    edge="#7f8ea0",
    card="#ffffff",
    blue="#0a4b8c",
    green="#1b7043",
    red="#b3261e",
    amber="#8a5600",
    land="#e6eedd",
    neighbour="#eef2f6",
    font="Fira Sans, Arial, sans-serif",
)
