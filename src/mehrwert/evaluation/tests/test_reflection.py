"""The review: when it is asked, what everybody is asked, who said what."""

import json
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest

from mehrwert.evaluation import actions, queries
from mehrwert.evaluation.choices import MOMENT_QUESTIONS, QUESTIONS, WIDER
from mehrwert.evaluation.errors import SilenceWithoutReasonError, UnknownQuestionError
from mehrwert.evaluation.outcomes import REVIEW_QUESTIONS, list_outcomes
from mehrwert.evaluation.rules import Course, Standing, is_bare_silence, next_due, schedule
from mehrwert.portfolio.models import Gate, Project
from mehrwert.portfolio.tests.factories import make_project

from .conftest import LENA
from .test_views import text

COURSE = Course(date(2026, 1, 1), {"P1": date(2026, 2, 1), "P4": None}, date(2028, 2, 29))

with_readings = pytest.mark.django_db(transaction=True, databases=["default", "observations"])


def test_every_question_is_asked_at_some_moment():
    """PF-121: the 26 ids."""
    asked = {q for questions in MOMENT_QUESTIONS.values() for q in questions} | set(WIDER)
    assert asked == set(QUESTIONS)
    assert len(QUESTIONS) == 26


def test_moments_follow_the_dates_of_the_project():
    """EVI-31, PF-122: overdue is shown; a moved date moves what is open, not what was answered."""
    found = schedule(COURSE, {}, date(2026, 3, 1))
    assert [(one.moment, one.standing) for one in found] == [
        ("start", Standing.OVERDUE),
        ("P1", Standing.OVERDUE),
        ("P4", Standing.NO_DATE),
        ("end", Standing.AHEAD),
        ("later", Standing.AHEAD),
    ]
    assert found[-1].due_on == date(2029, 2, 28)
    assert next_due(found).moment == "start"
    moved = Course(date(2026, 5, 1), {"P1": date(2026, 6, 1), "P4": None}, None)
    again = schedule(moved, {"start": date(2026, 1, 20)}, date(2026, 3, 1))
    assert (again[0].standing, again[0].due_on) == (Standing.ANSWERED, date(2026, 1, 20))
    assert (again[1].due_on, next_due(again).moment) == (date(2026, 6, 1), "P1")
    assert again[-1].standing is Standing.NO_DATE


@with_readings
def test_an_evaluation_takes_its_moments_from_its_project(town):
    row = town.frozen()
    with town.scope():
        alone = {one.moment: one.due_on for one in queries.list_moments(row)}
        assert alone == {
            "start": date(2023, 7, 1),
            "end": date(2025, 1, 1),
            "later": date(2026, 1, 1),
        }
        project = make_project(town.tenant.pk, starts_on=date(2023, 1, 15))
        Gate.objects.filter(project=project, key="P5").update(planned_on=date(2025, 6, 1))
        actions.link_project(row, project, actor=LENA)
        row.refresh_from_db()
        found = {one.moment: one.due_on for one in queries.list_moments(row)}
        assert (found["start"], found["end"]) == (date(2023, 1, 15), date(2025, 6, 1))
        assert list(found) == ["start", "P1", "P2", "P3", "P4", "end", "later"]
        assert found["P1"] is None


@with_readings
def test_each_moment_has_its_own_answers(town):
    row = town.frozen()
    here, lead = town.path(f"{row.pk}/rueckschau/"), town.clients["lead"]
    page = text(lead.get(f"{here}?anlass=start"))
    assert "Woran lag es?" in page
    assert "Weitere Fragen" not in page
    said = {"role": "project", "T-2_code": "staff", "T-2": "Niemand las die Werte."}
    saved = lead.post(f"{here}?anlass=start", said)
    assert saved["Location"].endswith("?anlass=start&rolle=project")
    lead.post(here, {"role": "project", "B1_code": "planned", "I2": "Früher fragen."})
    page = text(lead.get(here))
    assert "Früher fragen." in page
    assert "Niemand las die Werte." not in page
    assert "beantwortet am" in page
    with town.scope():
        assert [(a.question, a.moment) for a in queries.list_answers(row)] == [
            ("B1", "end"),
            ("I2", "end"),
            ("T-2", "start"),
        ]
        with pytest.raises(UnknownQuestionError):
            actions.answer_questions(row, "project", {}, moment="never", actor=LENA)
    told = json.loads(lead.get(town.path(f"{row.pk}/rueckschau.json")).content)
    assert {a["moment"] for a in told["answers"]} == {"start", "end"}


@with_readings
def test_wider_questions_come_with_the_third_project(town):
    """Decisions 48."""
    row = town.frozen()
    here, lead = town.path(f"{row.pk}/rueckschau/"), town.clients["lead"]
    assert "L1 ·" not in text(lead.get(here))
    with town.scope():
        for number in range(3):
            make_project(town.tenant.pk, title=f"Vorhaben {number}")
        assert Project.objects.count() == 3
    assert "L1 ·" in text(lead.get(here))


@with_readings
def test_answers_are_a_sheet_too(town):
    """EVI-29, PF-121: one row per answer."""
    row = town.frozen()
    with town.scope():
        actions.answer_questions(row, "treasury", {"B3": ("", "A & B\nC")}, actor=LENA)
    answer = town.clients["viewer"].get(town.path(f"{row.pk}/rueckschau.ods"))
    assert answer["Content-Type"] == "application/vnd.oasis.opendocument.spreadsheet"
    packed = ZipFile(BytesIO(answer.content))
    assert packed.namelist()[0] == "mimetype"
    content = packed.read("content.xml").decode()
    assert "<text:p>A &amp; B</text:p><text:p>C</text:p>" in content
    assert "Lena" not in content


@pytest.mark.parametrize(
    ("code", "said", "is_bare"),
    [
        ("", "Keine Angabe.", True),
        ("", "k. A.", True),
        ("yes", "keine Angabe", False),
        ("", "Keine Angabe: das Amt gibt es nicht mehr.", False),
        ("", "Kantine", False),
    ],
)
def test_whoever_says_nothing_says_why(code, said, is_bare):
    assert is_bare_silence(code, said) is is_bare


@with_readings
def test_a_review_is_complete_when_every_question_r_and_b_is_answered_or_has_its_reason(town):
    """PF-125; what was guessed before the start is no answer."""
    project = make_project(town.tenant.pk)
    row = town.frozen()
    with town.scope():
        row = actions.link_project(row, project, actor=LENA)
        with pytest.raises(SilenceWithoutReasonError):
            actions.answer_questions(row, "project", {"R3": ("", "keine Angabe")}, actor=LENA)
        given = dict.fromkeys(REVIEW_QUESTIONS - {"R3", "B4"}, ("", "Gemacht."))
        given["R3"] = ("", "Keine Angabe, weil niemand mehr da ist.")
        actions.answer_questions(row, "project", given, actor=LENA)
        ahead = {"B4": ("", "Mehr Zeit")}
        actions.answer_questions(row, "project", ahead, moment="start", actor=LENA)
        assert not list_outcomes()[project.pk].has_review
        actions.answer_questions(row, "treasury", ahead, actor=LENA)
        assert list_outcomes()[project.pk].has_review
