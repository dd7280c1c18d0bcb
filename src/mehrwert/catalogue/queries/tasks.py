"""Fields of action and the tasks that solutions name, counted."""

from collections import Counter
from dataclasses import dataclass

from mehrwert.catalogue.models import Solution


@dataclass(frozen=True, slots=True)
class TaskCount:
    """One task: scheme, key, name, duty and how many solutions name it."""

    scheme: str
    key: str
    name: str
    duty: str
    count: int


@dataclass(frozen=True, slots=True)
class TaskTree:
    """Solutions per field, tasks per field, and how many solutions have no task yet."""

    fields: dict[str, int]
    tasks: dict[str, list[TaskCount]]
    without_task: int


def read_task_tree() -> TaskTree:
    """Return the tree of what there is; one query."""
    fields: Counter[str] = Counter()
    named: dict[str, Counter[tuple[str, str, str, str]]] = {}
    without = 0
    rows = Solution.objects.filter(is_public=True, is_withdrawn=False)
    for profile in rows.values_list("profile", flat=True):
        tasks = profile.get("tasks") or []
        without += not tasks
        for code in profile.get("fields_of_action") or []:
            fields[code] += 1
            for task in tasks:
                key = (
                    task["scheme"],
                    task["key"],
                    task.get("name") or task["key"],
                    task.get("duty") or "unknown",
                )
                named.setdefault(code, Counter())[key] += 1
    trees = {
        code: [TaskCount(*key, n) for key, n in sorted(counts.items(), key=lambda p: p[0][2])]
        for code, counts in named.items()
    }
    return TaskTree(dict(fields), trees, without)
