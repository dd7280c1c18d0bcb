"""Doors for work in the background; each bears being called twice."""

from django_tasks import task

from mehrwert.catalogue import actions


@task()
def age_solutions() -> int:
    """Bring the freshness of all solutions to today."""
    return actions.age_solutions()


@task()
def remind_owners() -> int:
    """Tell municipalities which values of their entries run out."""
    return actions.remind_owners()


@task()
def check_links() -> int:
    """Look whether the pages that entries name are still there."""
    return actions.check_links()


@task()
def look_for_news() -> int:
    """Tell people what is new in the lists they follow."""
    return actions.look_for_news()
