"""The only way for a door to what belongs to the municipality in scope."""

from mehrwert.base.rows import first_of
from mehrwert.portfolio.errors import (
    UnknownAdoptionError,
    UnknownDutyError,
    UnknownIndicatorError,
    UnknownProjectError,
    UnknownReportError,
    UnknownShareError,
    UnknownStepError,
)
from mehrwert.portfolio.models import (
    CostShare,
    Countermeasure,
    DashboardFigure,
    DeclaredAdoption,
    Duty,
    Funding,
    Indicator,
    LogicArrow,
    LogicStep,
    NeededDecision,
    Project,
    Replacement,
    Report,
    Risk,
)


def find_project(project_id: int) -> Project:
    """Return one project with its solution.

    Raises:
        UnknownProjectError: No such project in this municipality.
    """
    return first_of(
        Project.objects.select_related("solution").filter(pk=project_id), UnknownProjectError
    )


def find_report(project: Project, report_id: int) -> Report:
    """Return one report of a project.

    Raises:
        UnknownReportError: No such report of it.
    """
    return first_of(
        Report.objects.select_related("project").filter(pk=report_id, project=project),
        UnknownReportError,
    )


def find_risk(project: Project, risk_id: int) -> Risk:
    """Return one risk of a project.

    Raises:
        UnknownProjectError: No such risk of it.
    """
    return first_of(
        Risk.objects.select_related("project").filter(pk=risk_id, project=project),
        UnknownProjectError,
    )


def find_countermeasure(project: Project, measure_id: int) -> Countermeasure:
    """Return one countermeasure of a project.

    Raises:
        UnknownProjectError: No such countermeasure of it.
    """
    rows = Countermeasure.objects.select_related("risk__project")
    return first_of(rows.filter(pk=measure_id, risk__project=project), UnknownProjectError)


def find_funding(project: Project, funding_id: int) -> Funding:
    """Return one funding of a project.

    Raises:
        UnknownProjectError: No such funding of it.
    """
    return first_of(
        Funding.objects.select_related("project").filter(pk=funding_id, project=project),
        UnknownProjectError,
    )


def find_replacement(project: Project, replacement_id: int) -> Replacement:
    """Return something old that a project switches off.

    Raises:
        UnknownProjectError: No such thing of it.
    """
    rows = Replacement.objects.select_related("project")
    return first_of(rows.filter(pk=replacement_id, project=project), UnknownProjectError)


def find_duty(duty_id: int) -> Duty:
    """Return one duty of the list.

    Raises:
        UnknownDutyError: No such duty in this municipality.
    """
    return first_of(Duty.objects.filter(pk=duty_id), UnknownDutyError)


def find_decision(project: Project, decision_id: int) -> NeededDecision:
    """Return something of a project that somebody must decide.

    Raises:
        UnknownProjectError: No such question of it.
    """
    rows = NeededDecision.objects.select_related("project")
    return first_of(rows.filter(pk=decision_id, project=project), UnknownProjectError)


def find_indicator(indicator_id: int) -> Indicator:
    """Return one indicator with its newest definition.

    Raises:
        UnknownIndicatorError: No such indicator in this municipality.
    """
    rows = Indicator.objects.select_related("current", "project").filter(current__isnull=False)
    return first_of(rows.filter(pk=indicator_id), UnknownIndicatorError)


def find_logic_step(project: Project, step_id: int) -> LogicStep:
    """Return one step of the logic model of a project.

    Raises:
        UnknownStepError: No such step of it.
    """
    rows = LogicStep.objects.select_related("project")
    return first_of(rows.filter(pk=step_id, project=project), UnknownStepError)


def find_logic_arrow(project: Project, arrow_id: int) -> LogicArrow:
    """Return one arrow of the logic model of a project with its steps.

    Raises:
        UnknownStepError: No such arrow of it.
    """
    rows = LogicArrow.objects.select_related("start__project", "end__project")
    return first_of(rows.filter(pk=arrow_id, start__project=project), UnknownStepError)


def find_figure(indicator: Indicator) -> DashboardFigure | None:
    """Return the figure of an indicator on the dashboard, None if it is not there."""
    return DashboardFigure.objects.filter(indicator=indicator).first()


def find_adoption(adoption_id: int) -> DeclaredAdoption:
    """Return what this municipality declared.

    Raises:
        UnknownAdoptionError: No such adoption in this municipality.
    """
    rows = DeclaredAdoption.objects.select_related("solution", "variant_entry")
    return first_of(rows.filter(pk=adoption_id), UnknownAdoptionError)


def owner_of_adoption(adoption_id: int) -> tuple[int, str] | None:
    """Return which other municipality declared a public adoption, and of what; None without.

    Only so that an attempt to change it can be refused and noted (TRF-106).
    """
    rows = DeclaredAdoption._base_manager.filter(pk=adoption_id, is_public=True)
    return rows.values_list("tenant_id", "solution__name").first()


def find_share(share_id: int) -> CostShare:
    """Return one common cost.

    Raises:
        UnknownShareError: No such common cost in this municipality.
    """
    return first_of(CostShare.objects.filter(pk=share_id), UnknownShareError)
