"""The monthly report: values become a document (documents.md 8)."""

from mehrwert.portfolio.monthly_report.compose import compose
from mehrwert.portfolio.monthly_report.facts import PortfolioReport, ProjectReport

__all__ = ["PortfolioReport", "ProjectReport", "compose"]
