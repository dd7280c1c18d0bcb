"""The only way for a door to a project or an adoption of the municipality in scope."""

from mehrwert.portfolio.errors import UnknownAdoptionError, UnknownProjectError
from mehrwert.portfolio.models import DeclaredAdoption, Project


def find_project(project_id: int) -> Project:
    """Return one project with its solution.

    Raises:
        UnknownProjectError: No such project in this municipality.
    """
    row = Project.objects.select_related("solution").filter(pk=project_id).first()
    if row is None:
        raise UnknownProjectError
    return row


def find_adoption(adoption_id: int) -> DeclaredAdoption:
    """Return what this municipality declared.

    Raises:
        UnknownAdoptionError: No such adoption in this municipality.
    """
    rows = DeclaredAdoption.objects.select_related("solution")
    row = rows.filter(pk=adoption_id).first()
    if row is None:
        raise UnknownAdoptionError
    return row
