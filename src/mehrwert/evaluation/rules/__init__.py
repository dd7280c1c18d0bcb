"""Rules of one evaluation as plain functions on values: no Django, no clock, no database."""

from .decision import Money, money_of
from .designs import DesignChoice, Unmet, choose_design
from .estimating import Data, Outcome, estimate
from .months import MonthlySeries, Readings, label_of, month_of, monthly_values, parse_month
from .plan import Plan, missing_for_freezing, plan_document
from .reflection import Course, Due, Standing, dispersion, is_bare_silence, next_due, schedule

__all__ = [
    "Course",
    "Data",
    "DesignChoice",
    "Due",
    "Money",
    "MonthlySeries",
    "Outcome",
    "Plan",
    "Readings",
    "Standing",
    "Unmet",
    "choose_design",
    "dispersion",
    "estimate",
    "is_bare_silence",
    "label_of",
    "missing_for_freezing",
    "money_of",
    "month_of",
    "monthly_values",
    "next_due",
    "parse_month",
    "plan_document",
    "schedule",
]
