"""The one table: every page of the installation and who may open it.

A page that is not here fails the test; so does a line whose page is gone. Rooms add their lines.
"""

from . import of_data, of_projects, of_town
from .kinds import ROLES, VISITORS, Page

__all__ = ["PAGES", "ROLES", "VISITORS", "Page"]

PAGES: dict[str, Page] = {**of_town.PAGES, **of_data.PAGES, **of_projects.PAGES}
