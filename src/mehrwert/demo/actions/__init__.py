"""Everything that changes something in the room."""

from .auental import load_history, make_world, open_key, prepare_auental
from .catalogue import begin_entries
from .evaluations import enter_solutions, load_evaluations
from .money import load_money
from .muenster import load_older, prepare_muenster
from .projects import load_projects
from .roles import make_people, take_role
from .seeding import refuse_foreign, remember_shower, reset, seed
from .standing import keep_last_year, keep_story_town, keep_today
from .story import find_step, make_story_town, take_step, tell_story
from .streets import load_closures
from .traces import leave_traces

__all__ = [
    "begin_entries",
    "enter_solutions",
    "find_step",
    "keep_last_year",
    "keep_story_town",
    "keep_today",
    "leave_traces",
    "load_closures",
    "load_evaluations",
    "load_history",
    "load_money",
    "load_older",
    "load_projects",
    "make_people",
    "make_story_town",
    "make_world",
    "open_key",
    "prepare_auental",
    "prepare_muenster",
    "refuse_foreign",
    "remember_shower",
    "reset",
    "seed",
    "take_role",
    "take_step",
    "tell_story",
]
