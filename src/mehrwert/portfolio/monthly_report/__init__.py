"""The monthly report: values become a document (documents.md 8)."""

from mehrwert.portfolio.monthly_report.compose import compose
from mehrwert.portfolio.monthly_report.facts import PortfolioReport, ProjectReport
from mehrwert.portfolio.monthly_report.reading import read_portfolio_report

__all__ = ["PortfolioReport", "ProjectReport", "compose", "read_portfolio_report"]
