"""The only way for a door to a project of the municipality in scope."""

from mehrwert.portfolio.errors import UnknownProjectError
from mehrwert.portfolio.models import Project


def find_project(project_id: int) -> Project:
    """Return one project with its solution.

    Raises:
        UnknownProjectError: No such project in this municipality.
    """
    row = Project.objects.select_related("solution").filter(pk=project_id).first()
    if row is None:
        raise UnknownProjectError
    return row
