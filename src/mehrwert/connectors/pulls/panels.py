"""What the room shows on pages of others."""

from typing import Any

from django.utils.translation import gettext

from mehrwert.base.http_errors import told
from mehrwert.connectors.pulls import queries
from mehrwert.connectors.pulls.errors import HostKeyError
from mehrwert.connectors.pulls.rules.recipe import find_recipe
from mehrwert.intake.models import Source
from mehrwert.observations.queries import list_things

RUNS = 15


def source(request: Any, obj: Source) -> tuple[str, dict[str, Any]] | None:
    """Show on the page of a source what is fetched, and how the last runs went."""
    pull = queries.read_pull_of(obj.pk)
    if pull is None:
        return None
    recipe = find_recipe(pull.recipe)
    things = list_things(pull.tenant_id)
    key = f"pull/{pull.source_id}"
    runs = queries.list_runs(pull, RUNS)
    return "pulls/panel.html", {
        "pull": pull,
        "source": obj,
        "tenant": request.tenant,
        "recipe": recipe,
        "answers": [
            (gettext(ask.label), _shown(ask.choices, pull.answers.get(ask.key, "")))
            for ask in recipe.asks
        ],
        "thing": next((thing for thing in things if thing.external_key == key), None),
        "runs": [
            (run, told(run.told["sentence"], run.told["data"]) if run.told else "") for run in runs
        ],
        "is_other_server": obj.trouble.get("sentence") == HostKeyError.sentence,
        "may_change": not obj.ended_us,
    }


def _sentence(given: dict[str, Any]) -> str:
    return told(given["sentence"], given["data"]) if given else ""


def _shown(choices: tuple[tuple[str, str], ...], answer: str) -> str:
    label = dict(choices).get(answer)
    return gettext(label) if label else answer
