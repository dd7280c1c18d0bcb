"""Does the steps of the story of the thirsty trees, through the same actions that people use.

Nothing is faked but the readings, which are the invented ones of the package, and the clock: the
plan counts as fixed in the month before full operation, twelve months ago.
"""

from collections.abc import Callable
from decimal import Decimal

from django.utils import timezone

from mehrwert.alerts.actions import look_at_readings
from mehrwert.base.actor import Actor
from mehrwert.base.errors import NotFoundError
from mehrwert.base.tenant import tenant_scope
from mehrwert.catalogue.choices import AdoptionStatus
from mehrwert.demo import town
from mehrwert.demo.choices import STORY, StoryStep
from mehrwert.demo.errors import NotThatStepError
from mehrwert.demo.papers import story_paper
from mehrwert.demo.queries import STORY_TOWN
from mehrwert.demo.telling import PACKAGE, SOLUTION, Telling, read_telling
from mehrwert.evaluation import actions as evaluation
from mehrwert.evaluation.models import Evaluation
from mehrwert.evaluation.queries import begins_us, parse_month
from mehrwert.evidence.access import find_finding_of
from mehrwert.evidence.actions import release_finding
from mehrwert.municipalities.actions import create_tenant
from mehrwert.municipalities.models import Tenant
from mehrwert.portfolio import actions as portfolio
from mehrwert.portfolio.queries import list_projects
from mehrwert.starters import actions as starters
from mehrwert.starters.models import Installation
from mehrwert.starters.queries import bundled_package, proposed_answers, series_of

from .projects import solution_of
from .watering import add_neighbours, write_books

Report = Callable[[int, int, str], None]
BY_KEY = {step.key: step for step in STORY}
TREES = ("Linde am Markt", "Ahorn Schulstraße", "Eiche am Brunnen")
PROBES = "baum"
STORY_TOWN_NAME, STORY_TOWN_ARS, STORY_TOWN_POPULATION = "Quellrode", "990000000002", 6_400
PROJECT = "Durstige Bäume im Stadtgebiet"
STORY_TOWN_SHIFT = (0.09, 0.05)
LAW = Actor("system", label="Recht (Demo)")


def make_story_town(tenant: Tenant | None) -> Tenant:
    """Make the town in which the story is told to its end; repeating it changes nothing."""
    return tenant or create_tenant(
        level="demo",
        ars=STORY_TOWN_ARS,
        slug=STORY_TOWN,
        name=STORY_TOWN_NAME,
        is_demo=True,
        population=STORY_TOWN_POPULATION,
        boundary=town.boundary(shifted=STORY_TOWN_SHIFT, turns=2.1),
    )


def find_step(key: str) -> StoryStep:
    """Return a step of the story.

    Raises:
        NotFoundError: No such step.
    """
    if key not in BY_KEY:
        raise NotFoundError
    return BY_KEY[key]


def tell_story(tenant: Tenant, actors: dict[str, Actor], report: Report) -> int:
    """Go on with the story until its end; return how many steps were done.

    Args:
        tenant: An invented town.
        actors: Role → who does the steps of that role.
        report: Told number, of all, and title of each step.
    """
    done = 0
    for number, step in enumerate(STORY):
        report(number, len(STORY), step.title)
        if not read_telling(tenant).is_done(step.key):
            take_step(tenant, step.key, actor=actors[step.role])
            done += 1
    report(len(STORY), len(STORY), "")
    return done


def take_step(tenant: Tenant, key: str, *, actor: Actor) -> None:
    """Do the next step of the story in a town.

    The effect is computed at once, not by a job: it takes a second, and in a fresh demo the queue
    is busy for minutes.

    Args:
        tenant: An invented town.
        key: The step.
        actor: Who does it.

    Raises:
        NotThatStepError: Another step comes next; somebody else did this one.
    """
    found = read_telling(tenant)
    if key != found.next_step:
        raise NotThatStepError
    with tenant_scope(tenant.pk):
        match key, found:
            case "find", _:
                _find(actor)
            case "adopt", Telling(package=Installation() as package):
                _adopt(tenant, package, actor)
            case "flow", Telling(package=Installation() as package):
                _flow(package, actor)
            case "judge", _:
                write_books(_row_of(found), tenant.slug, until_start=False)
                evaluation.estimate_effect(tenant.pk, _row_of(found).pk)
            case "print", _:
                _print(_row_of(found), tenant, actor)
            case "tell", _:
                _tell(_row_of(found), tenant, actor)


def _row_of(found: Telling) -> Evaluation:
    """Return the evaluation that a step needs.

    Raises:
        NotThatStepError: Somebody took it away.
    """
    if found.evaluation is None:
        raise NotThatStepError
    return found.evaluation


def _find(actor: Actor) -> None:
    package = bundled_package(PACKAGE)
    parameters, answers = proposed_answers(package, None, "", is_demo=True)
    answers["start_month"] = parse_month(answers["start_month"])
    parameters["places"] = list(TREES)
    starters.save_draft(package, starters.Answers(parameters, **answers), is_demo=True, actor=actor)


def _adopt(tenant: Tenant, package: Installation, actor: Actor) -> None:
    if read_telling(tenant).evaluation is None:
        starters.go_live(package, licence_accepted=True, status=AdoptionStatus.LIVE, actor=actor)
    row = add_neighbours(_row_of(read_telling(tenant)), actor=actor)
    write_books(row, tenant.slug, until_start=True)
    _begin_project(row, actor)
    evaluation.freeze_plan(row, actor=actor, at_us=begins_us(row.start_month - 1))


def _begin_project(row: Evaluation, actor: Actor) -> None:
    """Begin the project that takes the solution over, once, and tie the evaluation to it."""
    there = list_projects().filter(title=PROJECT).first()
    six = portfolio.NewProject(
        title=PROJECT,
        field_of_action="Klimaanpassung",
        goal="Der Bauhof braucht weniger Gießwasser, ohne dass Bäume leiden.",
        unit="Bauhof",
        starts_on=timezone.localdate().replace(day=1),
        solution=solution_of(SOLUTION),
    )
    project = there or portfolio.create_project(six, is_demo=True, actor=actor)
    known = {"operator": "Bauhof", "beneficiaries": "Bauhof und Haushalt", "financing": "budget"}
    portfolio.update_project(project, {**known, "running_eur": Decimal(2_900)}, actor=actor)
    evaluation.link_project(row, project, actor=actor)


def _flow(package: Installation, actor: Actor) -> None:
    starters.load_demo_readings(package, actor=actor, things=[PROBES])
    look_at_readings(package.tenant_id, [series.id for series in series_of(package)])


def _print(row: Evaluation, tenant: Tenant, actor: Actor) -> None:
    evaluation.file_result(row, evaluation.ResultInput(), actor=actor)
    for role, answers in _REFLECTION.items():
        evaluation.answer_questions(row, role, answers, actor=actor)
    paper = evaluation.begin_paper(row, actor=actor)
    typed = evaluation.paper_input(
        story_paper(timezone.localdate(), tenant.population or STORY_TOWN_POPULATION)
    )
    evaluation.change_paper(paper, typed, actor=actor)
    evaluation.release_paper(paper, actor=actor, role="Vorhabenleitung")


_REFLECTION = {
    "project": {
        "B1": ("planned", "Die Sonden liefen nach einem Tag."),
        "B2": ("yes", ""),
        "B3": ("", "Wieder so: wenige Bäume zuerst. Anders: den Bauhof früher fragen."),
    },
    "treasury": {"B2": ("shared", "Nur, wenn der Kreis das Funknetz trägt.")},
}


def _tell(row: Evaluation, tenant: Tenant, actor: Actor) -> None:
    row = evaluation.set_legal_light(row, "green", actor=LAW)
    decided = evaluation.DecisionInput(
        decision="continue",
        decided_on=timezone.localdate(),
        body=f"Stadtrat {tenant.name} (erfunden)",
        override_reason="Der Stadtrat folgt dem Amt: Die Sonden sind bezahlt.",
        money=evaluation.MoneyInput(_COSTS, affordable=True),
    )
    evaluation.record_decision(row, decided, actor=actor)
    finding = find_finding_of(row.reference)
    if finding is not None:
        release_finding(finding, actor=actor)


_COSTS = evaluation.Costs(invest=11_400, yearly=2_900, yearly_base=38_000, years=5, rate=0.009)
