"""Everything that changes something: drafts, running packages, their tasks."""

from mehrwert.starters.actions.adding import add_package, check_zip
from mehrwert.starters.actions.counting import feed_phone_desk
from mehrwert.starters.actions.installing import (
    Answers,
    discard_draft,
    go_live,
    remove_package,
    save_draft,
    tick_task,
)
from mehrwert.starters.actions.invented import load_demo_readings
from mehrwert.starters.actions.listing import list_in_catalogue
from mehrwert.starters.actions.starting import start_package, town_for_start
from mehrwert.starters.actions.updating import roll_back, update_package

__all__ = [
    "Answers",
    "add_package",
    "check_zip",
    "discard_draft",
    "feed_phone_desk",
    "go_live",
    "list_in_catalogue",
    "load_demo_readings",
    "remove_package",
    "roll_back",
    "save_draft",
    "start_package",
    "tick_task",
    "town_for_start",
    "update_package",
]
