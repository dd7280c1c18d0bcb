"""How Auental behaves: plain functions of seed, place and time."""

from .noise import trait
from .soil import Place
from .weather import Shower
from .world import Probe, World

__all__ = ["Place", "Probe", "Shower", "World", "trait"]
