"""Lets the invented towns answer what only people know, and keeps where they stood."""

from collections.abc import Iterable
from datetime import date

from mehrwert.base.actor import Actor
from mehrwert.base.clock import now_us
from mehrwert.base.tenant import tenant_scope
from mehrwert.demo.standing import AUENTAL_BEFORE, AUENTAL_NOW, QUELLRODE_NOW, Said
from mehrwert.provision import actions as provision
from mehrwert.provision.access import find_question
from mehrwert.provision.queries import list_assessments

from .projects import LEAD, back

YEAR_US = 366 * 86_400 * 1_000_000
YEAR_MONTHS = 12


def keep_last_year(tenant_id: int, today: date) -> None:
    """Keep where Auental stood a year ago, before what it measured since; once."""
    at_us = now_us() - YEAR_US
    with tenant_scope(tenant_id):
        if list_assessments().exists():
            return
        _answer(AUENTAL_BEFORE, today, LEAD, at_us)
        provision.store_assessment(
            today=back(today, YEAR_MONTHS), actor=LEAD, is_demo=True, at_us=at_us
        )


def keep_today(tenant_id: int, today: date) -> None:
    """Answer what Auental knows by now, and keep where it stands; once."""
    with tenant_scope(tenant_id):
        if list_assessments().count() != 1:
            return
        _answer(AUENTAL_NOW, today, LEAD)
        provision.store_assessment(today=today, actor=LEAD, is_demo=True)


def keep_story_town(tenant_id: int, today: date, actor: Actor) -> None:
    """Answer what Quellrode knows, and keep where it stands; once."""
    with tenant_scope(tenant_id):
        if list_assessments().exists():
            return
        _answer(QUELLRODE_NOW, today, actor)
        provision.store_assessment(today=today, actor=actor, is_demo=True)


def _answer(answers: Iterable[Said], today: date, actor: Actor, at_us: int | None = None) -> None:
    for said in answers:
        day = None if said.months_ago is None else back(today, said.months_ago, 12)
        given = provision.AnswerInput(said.halves, said.document, "", day)
        provision.answer_question(
            find_question(said.key), given, today=today, actor=actor, at_us=at_us
        )
