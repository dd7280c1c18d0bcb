"""What Auental uses, what it pays, and what it would share with its neighbours: all invented."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from mehrwert.base.actor import Actor
from mehrwert.base.clock import now_us
from mehrwert.base.tenant import tenant_scope
from mehrwert.catalogue.choices import AdoptionStatus, Basis, CostBlock, Relation, SizeClass
from mehrwert.catalogue.models import Adoption, CostRecord, Solution
from mehrwert.demo.choices import PEOPLE_OF
from mehrwert.portfolio import actions as portfolio
from mehrwert.portfolio.actions import Line, Payer
from mehrwert.portfolio.choices import (
    GameModel,
    ItemState,
    LineState,
    Position,
    SourceKind,
    VatState,
)
from mehrwert.portfolio.models import CostShare, DeclaredAdoption, Project

LEAD = Actor("system", label="Lena Amtmann (Demo)")
TREES = "demo-baumbewaesserung"
SOURCE = "Erfunden: Beispiel der Demo"
# invented neighbours: months in use, ended or not, cost once, yearly, hours
NEIGHBOURS = (
    ("Erlbach", 40, False, 18_500, 3_900, 90),
    ("Hohenried", 31, False, 24_000, 5_200, 140),
    ("Lindenau", 27, False, 15_200, 3_100, 70),
    ("Seebrück", 14, True, 12_800, 4_400, 160),
)
# which part of once and of each year the neighbours paid for what, in per cent
BLOCKS = {
    CostBlock.INTRODUCTION: (20, 0),
    CostBlock.TRAINING: (6, 0),
    CostBlock.HARDWARE: (74, 12),
    CostBlock.OPERATION: (0, 88),
}


def load_money(tenant_id: int, today: date) -> int:
    """Declare what Auental uses, with costs and a common cost; return how much was made.

    Only if nothing was declared yet. Everything hangs on an invented solution (decisions 37).
    """
    solution = Solution.objects.filter(slug=TREES).first()
    if solution is None:
        return 0
    with tenant_scope(tenant_id):
        if DeclaredAdoption.objects.exists():
            return 0
        project = Project.objects.filter(solution=solution).first()
        adoption = _use(solution, project, today)
        _pay(adoption, today)
        if project is not None:
            _plan(project)
        _share()
    for neighbour in _neighbours(solution, today):
        neighbour.save()
    return 3


def _use(solution: Solution, project: Project | None, today: date) -> DeclaredAdoption:
    def told(relation: Relation, status: AdoptionStatus, day: date) -> portfolio.AdoptionInput:
        return portfolio.AdoptionInput(
            relation=relation,
            status=status,
            since=day.isoformat(),
            contact_role="Leitung Bauhof",
            extent="24 Fühler an Straßenbäumen",
            operating_model="own",
            operator="Bauhof Auental",
            origin_name="Erlbach (erfunden)",
            origin_basis="developer",
            variant="Fühler in zwei Tiefen, weil der Boden lehmig ist (erfunden)",
            variant_is_public=True,
            variant_is_offered=True,
        )

    began = today - timedelta(days=640)
    test = told(Relation.TEST, AdoptionStatus.TRIAL, began)
    portfolio.declare_adoption(solution, test, project=project, actor=LEAD)
    live = told(Relation.REUSE, AdoptionStatus.LIVE, began + timedelta(days=210))
    row = portfolio.declare_adoption(solution, live, project=project, actor=LEAD)
    for key, state, words in (
        ("mandate", ItemState.DONE, "Beschluss vom Frühjahr, Az. 17/2 (erfunden)"),
        ("data_protection", ItemState.DONE, "keine Daten von Personen, vermerkt"),
        ("works_council", ItemState.SKIPPED, "keine Leistung von Beschäftigten messbar"),
        ("training", ItemState.DONE, "zwei Gießtrupps eingewiesen"),
    ):
        item = portfolio.ItemInput(
            state=state,
            owner="Bauhof",
            day=began + timedelta(days=60),
            proof=words if state is ItemState.DONE else "",
            reason=words if state is ItemState.SKIPPED else "",
        )
        portfolio.answer_item(row, key, item, actor=LEAD)
    return row


def _pay(adoption: DeclaredAdoption, today: date) -> None:
    amounts = {
        Position.PREPARATION: (1_200, None),
        Position.HARDWARE: (11_400, None),
        Position.INTEGRATION: (2_100, None),
        Position.INTRODUCTION: (900, None),
        Position.CONNECTIVITY: (None, 480),
        Position.OPERATION: (None, 1_250),
        Position.MAINTENANCE: (None, 980),
    }
    zeros = {
        Position.LICENCE: "offene Software",
        Position.DEVELOPMENT: "nichts angepasst",
        Position.DATA_PROTECTION: "vom Amt selbst geprüft",
        Position.EVALUATION: "in Mehrwert enthalten",
        Position.STAFF: "nur Stunden, kein zusätzliches Personal",
    }
    lines = [_amount(position, *amount) for position, amount in amounts.items()]
    lines += [
        Line(
            position=position,
            state=LineState.ZERO,
            reason=reason,
            hours_yearly=Decimal(110) if position is Position.STAFF else None,
        )
        for position, reason in zeros.items()
    ]
    head = portfolio.SheetInput(
        price_year=today.year - 3,
        source_kind=SourceKind.INVOICE,
        source=SOURCE,
        vat=VatState.INCLUDED,
        growth=Decimal("0.02"),
    )
    portfolio.save_costs(adoption, head, lines, actor=LEAD)


def _amount(position: Position, once: int | None, yearly: int | None) -> Line:
    return Line(
        position=position,
        state=LineState.AMOUNT,
        once=None if once is None else Decimal(once),
        yearly=None if yearly is None else Decimal(yearly),
    )


def _plan(project: Project) -> None:
    plan = portfolio.MoneyInput(
        base_year=project.starts_on.year,
        benefit_budget=Decimal(4_200),
        benefit_other=Decimal(1_500),
        benefit_reason="Gießwasser und Fahrten, geschätzt vor dem Start (erfunden)",
        hours_saved=Decimal(260),
        yearly_base=Decimal(28_600),
        shared_once=Decimal(6_300),
        shared_yearly=Decimal(1_150),
        yearly_uses=1_300,
    )
    portfolio.plan_money(project, plan, actor=LEAD)


def _share() -> CostShare:
    """Four invented towns share one network; one more thinks of joining."""
    names = (
        ("Auental", 2_400, 26_000, 2, False),
        ("Erlbach", 2_900, 28_000, 2, False),
        ("Hohenried", 5_200, 41_000, 3, False),
        ("Lindenau", 900, 21_000, 2, False),
        ("Seebrück", 700, 18_000, 1, True),
    )
    payers = [
        Payer(
            key=f"{place:03}",
            name=name,
            inhabitants=PEOPLE_OF[name],
            uses=Decimal(uses),
            alone_eur=Decimal(alone),
            votes=Decimal(votes),
            is_candidate=joins,
        )
        for place, (name, uses, alone, votes, joins) in enumerate(names, start=1)
    ]
    given = portfolio.ShareInput(
        title="Funknetz der fünf Orte an der Aue",
        total_eur=Decimal(41_000),
        model=GameModel.CAPACITY_TIERS,
        note=SOURCE,
    )
    return portfolio.save_share(None, given, payers, actor=LEAD)


def _neighbours(solution: Solution, today: date) -> Iterator[Adoption | CostRecord]:
    """Yield what invented neighbours declare and pay; they have no house of their own here."""
    for name, months, has_ended, once, yearly, hours in NEIGHBOURS:
        people = PEOPLE_OF[name]
        began = today - timedelta(days=months * 30)
        ended = began + timedelta(days=330)
        stages = {"trial": (began - timedelta(days=90)).isoformat(), "live": began.isoformat()}
        if has_ended:
            stages["ended"] = ended.isoformat()
        yield Adoption(
            solution=solution,
            basis=Basis.DECLARED,
            relation=Relation.REUSE,
            status=AdoptionStatus.ENDED if has_ended else AdoptionStatus.LIVE,
            place_level="demo",
            place_name=name,
            place_population=people,
            source_name=name,
            since=began.isoformat()[:7],
            stages=stages,
            source=SOURCE,
            verified_on=ended if has_ended else today - timedelta(days=20),
            contact_role="Bauhof",
            changed_us=now_us(),
        )
        each = Decimal(once) / people, Decimal(yearly) / people
        yield CostRecord(
            solution=solution,
            place_key=f"demo-{name.lower()}"[:12],
            size_class=SizeClass.SMALL,
            per_inhabitant_once=each[0],
            per_inhabitant_running=each[1],
            per_inhabitant_year=each[0] / 5 + each[1],
            hours_year=Decimal(hours),
            blocks=_split(*each),
            price_year=2023,
            source_kind=SourceKind.INVOICE,
            source=SOURCE,
            changed_us=now_us(),
        )


def _split(once: Decimal, yearly: Decimal) -> dict[str, list[str]]:
    return {
        block.value: [f"{once * part / 100:.8f}", f"{yearly * running / 100:.8f}"]
        for block, (part, running) in BLOCKS.items()
    }
