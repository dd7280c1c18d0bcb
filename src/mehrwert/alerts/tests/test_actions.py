"""Rules watch: nothing twice, nothing forgotten."""

import threading

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mehrwert.accounts.errors import MailFailedError
from mehrwert.alerts import actions, queries
from mehrwert.alerts.actions import delivering, posting
from mehrwert.alerts.actions import watching as watching_module
from mehrwert.alerts.choices import RuleKind, Severity
from mehrwert.alerts.errors import MissingSeriesError, NotNumericError
from mehrwert.alerts.models import Alert, Message
from mehrwert.base.actor import SYSTEM, Actor
from mehrwert.base.clock import now_us
from mehrwert.base.models import AuditRow, OutboxEvent
from mehrwert.base.tenant import tenant_scope
from mehrwert.observations import actions as observations
from mehrwert.observations.choices import Quality
from mehrwert.observations.errors import UnknownEntityError

from .factories import choice, rule_of, watching

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "observations"])
MINUTE = 60_000_000
ANNA = Actor("user", 7, "Anna Amsel")


@pytest.fixture
def brook(place):
    """A gauge with a day of calm readings."""
    _, series = place.thing("Pegel Aue")
    place.record_up_to(series, now_us() - 60 * MINUTE, [0.3] * 20)
    return place, series


def look(place, series):
    return actions.look_at_readings(place.tenant.pk, [series])


def alerts(place):
    return list(Alert._base_manager.filter(tenant_id=place.tenant.pk).order_by("pk"))


def say(place, series, minutes_ago, value, **columns):
    place.record(series, [now_us() - minutes_ago * MINUTE], [value], **columns)
    return look(place, series)


def test_a_rule_raises_once_and_ends_once(brook):
    """OBS-34: told twice, raised once; the mail says what was measured and what to do."""
    place, series = brook
    rule_id = watching(place.tenant.pk, series, advice="Schieber schließen", hysteresis=0.1)
    assert look(place, series) == 0
    assert say(place, series, 10, 0.95) == 1
    assert look(place, series) == 0
    (alert,) = alerts(place)
    assert (alert.value, alert.ended_us, alert.rule_id) == (0.95, None, rule_id)
    assert rule_of(place.tenant.pk, rule_id).open_alert_id == alert.pk
    say(place, series, 8, 1.4)
    say(place, series, 6, 0.75)
    assert alerts(place)[0].ended_us is None
    assert say(place, series, 5, 0.6) == 1
    (alert,) = alerts(place)
    assert alert.peak == 1.4
    assert alert.ended_us is not None
    assert actions.send_due() == 2
    assert actions.send_due() == 0
    first, last = mail.outbox
    assert first.subject == "Warnung: Bach steigt"
    assert "0,95 m" in first.body
    assert "Schieber schließen" in first.body
    assert f"/auental/meldungen/{alert.pk}/" in first.body
    assert last.subject == "Vorbei: Bach steigt"
    told = OutboxEvent.objects.filter(name__startswith="Alert").order_by("pk")
    names = list(told.values_list("name", flat=True))
    assert names == ["AlertRaised", "AlertEnded"]


def test_what_was_stored_before_raises_nothing(brook):
    place, series = brook
    place.record(series, [now_us() - 30 * MINUTE], [2.0])
    watching(place.tenant.pk, series)
    assert look(place, series) == 0
    place.record(series, [now_us() - 50 * MINUTE], [3.0])
    assert look(place, series) == 0
    assert alerts(place) == []


def test_a_reading_that_is_called_wrong_raises_nothing(brook):
    place, series = brook
    watching(place.tenant.pk, series)
    assert say(place, series, 10, 9.0, qualities=[int(Quality.BAD)]) == 0


def test_a_rule_that_rests_or_is_gone_raises_nothing(brook):
    place, series = brook
    rule_id = watching(place.tenant.pk, series)
    say(place, series, 10, 2.0)
    with tenant_scope(place.tenant.pk):
        actions.switch_rule(rule_of(place.tenant.pk, rule_id), is_active=False, actor=SYSTEM)
    assert alerts(place)[0].ended_us is not None
    assert say(place, series, 9, 3.0) == 0
    with tenant_scope(place.tenant.pk):
        actions.delete_rule(rule_of(place.tenant.pk, rule_id), actor=SYSTEM)
    (alert,) = alerts(place)
    assert alert.rule_id is None
    verbs = AuditRow.objects.filter(kind="alert_rule").order_by("pk")
    assert [row.verb for row in verbs] == ["create", "switch_on", "rest", "delete"]


def test_changing_a_rule_begins_anew(brook):
    place, series = brook
    rule_id = watching(place.tenant.pk, series)
    say(place, series, 10, 2.0)
    with tenant_scope(place.tenant.pk):
        actions.save_rule(rule_of(place.tenant.pk, rule_id), choice(threshold=5.0), actor=ANNA)
    assert alerts(place)[0].ended_us is not None
    assert say(place, series, 9, 4.0) == 0
    assert say(place, series, 8, 6.0) == 1


def test_silence_is_told_by_the_clock(brook):
    """OBS-35."""
    place, series = brook
    watching(place.tenant.pk, series, kind=RuleKind.SILENT, hold_s=7_200)
    assert actions.look_at_clock() == 0
    later = now_us() + 61 * MINUTE
    assert actions.look_at_clock(later) == 1
    assert actions.look_at_clock(later + MINUTE) == 0
    (alert,) = alerts(place)
    assert alert.value is None
    assert say(place, series, 1, 0.3) == 1
    assert alerts(place)[0].ended_us is not None


def test_nobody_answers_so_the_next_in_line_is_told(brook):
    """OBS-38: the chain with a clock of our own."""
    place, series = brook
    watching(place.tenant.pk, series, escalate_to=("chefin@auental.example",), escalate_after_s=900)
    say(place, series, 10, 2.0)
    assert actions.send_due() == 1
    assert actions.send_due(now_us() + 14 * MINUTE) == 0
    assert actions.send_due(now_us() + 16 * MINUTE) == 1
    assert mail.outbox[1].to == ["chefin@auental.example"]
    assert mail.outbox[1].subject.startswith("Noch nicht beantwortet")


def test_an_answer_stops_the_chain_and_the_first_one_counts(brook):
    place, series = brook
    watching(place.tenant.pk, series, escalate_to=("chefin@auental.example",), escalate_after_s=900)
    say(place, series, 10, 2.0)
    (alert,) = alerts(place)
    with tenant_scope(place.tenant.pk):
        actions.answer(alert, actor=ANNA)
        actions.answer(alert, actor=SYSTEM)
        states = [(m.step, m.dropped_us is None) for m in queries.list_messages(alert)]
    assert states == [("first", True), ("escalated", False)]
    assert alerts(place)[0].answered_by == "Anna Amsel"
    assert actions.send_due(now_us() + 60 * MINUTE) == 1


def test_a_mail_that_cannot_go_is_tried_again_and_given_up_at_last(brook, monkeypatch):
    place, series = brook
    watching(place.tenant.pk, series)
    say(place, series, 10, 2.0)

    def refuse(*_):
        raise MailFailedError(reason="Postfach voll")

    monkeypatch.setattr(delivering, "ready_mail", lambda *_: refuse)
    at = now_us()
    for _ in range(posting.MOST_TRIES + 2):
        assert actions.send_due(at) == 0
        assert actions.send_due(at) == 0
        at += 3 * 3600 * 1_000_000
    (message,) = Message._base_manager.all()
    assert message.tries == posting.MOST_TRIES
    assert "Postfach voll" in message.error
    assert (message.sent_us, message.dropped_us is None) == (None, False)


def test_a_mail_held_by_a_process_that_died_goes_out_later(brook, monkeypatch):
    place, series = brook
    watching(place.tenant.pk, series)
    say(place, series, 10, 2.0)

    def die(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(delivering, "ready_mail", lambda *_: die)
        with pytest.raises(KeyboardInterrupt):
            actions.send_due()
    assert actions.send_due() == 0
    assert actions.send_due(now_us() + posting.LEASE_US) == 1


def test_a_rule_on_words_can_only_wait_for_silence(brook):
    place, _ = brook
    _, words = place.thing("Schild", series={"unit_symbol": ""})
    place.record(words, [now_us()], ["offen"])
    with tenant_scope(place.tenant.pk):
        with pytest.raises(NotNumericError, match="keine Zahlen"):
            actions.create_rule(place.tenant.pk, words, choice(), actor=SYSTEM)
        silent = choice(kind=RuleKind.SILENT, hold_s=60, severity=Severity.NOTE)
        assert actions.create_rule(place.tenant.pk, words, silent, actor=SYSTEM).pk


def test_a_combined_rule_looks_at_all_its_series(brook):
    """OBS-36: told by a batch of either series."""
    place, level = brook
    _, rain = place.thing("Regenmesser", series={"unit_symbol": "mm"})
    rule_id = watching(
        place.tenant.pk,
        level,
        kind=RuleKind.COMBINED,
        expression="A > 0,6 und Summe(B; 60) >= 5",
        others=(("B", rain),),
    )
    assert say(place, level, 20, 0.7) == 0
    assert say(place, rain, 15, 6.0) == 1
    (alert,) = alerts(place)
    assert (alert.rule_id, alert.value) == (rule_id, 0.7)
    assert say(place, level, 5, 0.5) == 1
    assert alerts(place)[0].ended_us is not None


def test_a_combined_rule_names_only_series_that_were_chosen(brook):
    place, level = brook
    wanted = choice(kind=RuleKind.COMBINED, expression="A > 1 und B > 2")
    with tenant_scope(place.tenant.pk), pytest.raises(MissingSeriesError, match="B"):
        actions.create_rule(place.tenant.pk, level, wanted, actor=SYSTEM)


def test_a_series_of_another_municipality_is_unknown(brook, elsewhere):
    series = brook[1]
    with tenant_scope(elsewhere.tenant.pk), pytest.raises(UnknownEntityError):
        actions.create_rule(elsewhere.tenant.pk, series, choice(), actor=SYSTEM)


def test_a_deleted_series_leaves_rules_and_alerts_readable(brook):
    place, series = brook
    rule_id = watching(place.tenant.pk, series)
    say(place, series, 10, 2.0)
    observations.delete_datastream(place.context, series)
    assert look(place, series) == 0
    assert rule_of(place.tenant.pk, rule_id).title == "Bach steigt"
    assert actions.send_due() == 1


def test_a_rule_that_only_reads_on_writes_nothing(brook):
    """OBS-39: where it stands is kept in memory; after a restart it comes to the same."""
    place, series = brook
    rule_id = watching(place.tenant.pk, series, hold_s=600)
    begun = rule_of(place.tenant.pk, rule_id).last_us
    say(place, series, 59, 0.4)
    place.record(series, [now_us() - 57 * MINUTE], [0.5])
    with CaptureQueriesContext(connection) as asked:
        look(place, series)
    assert not [q for q in asked.captured_queries if q["sql"].startswith("UPDATE")]
    assert rule_of(place.tenant.pk, rule_id).last_us == begun
    assert say(place, series, 58, 9.0) == 0, "late, before the last one it has seen"
    assert say(place, series, 50, 0.2) == 0
    assert say(place, series, 20, 0.9) == 0
    assert rule_of(place.tenant.pk, rule_id).since_us is not None
    watching_module.seen.forget()
    assert say(place, series, 10, 0.9) == 1
    assert len(alerts(place)) == 1


def test_a_receiver_that_is_slow_delays_nobody_else(brook, monkeypatch):
    place, series = brook
    watching(place.tenant.pk, series, recipients=("langsam@example", "schnell@example"))
    say(place, series, 10, 2.0)
    told, may_end = [], threading.Event()

    def ready(address, *_):
        def send():
            if address.startswith("langsam"):
                assert may_end.wait(20)
            told.append(address)
            if address.startswith("schnell"):
                may_end.set()

        return send

    monkeypatch.setattr(delivering, "ready_mail", ready)
    assert actions.send_due() == 2
    assert told == ["schnell@example", "langsam@example"]
