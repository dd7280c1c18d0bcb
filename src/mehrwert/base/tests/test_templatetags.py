"""Numbers, times and parts on the page, in both languages."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django import forms
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

NOW = datetime(2026, 7, 16, 12, 5, tzinfo=UTC)


def drawn(text: str, **context) -> str:
    with time_machine.travel(NOW, tick=False):
        return Template("{% load mehrwert %}" + text).render(Context(context))


@pytest.mark.parametrize(
    ("text", "value", "shown"),
    [
        ("{{ v|number }}", 1234567, "1.234.567"),
        ("{{ v|number:1 }}", 1.42, "1,4"),
        ('{{ v|quantity:"m" }}', 1.42, "1,42 m"),
        ("{{ v|when }}", NOW, "16. Juli 2026, 14:05 Uhr"),
        ("{{ v|when }}", int(NOW.timestamp() * 1_000_000), "16. Juli 2026, 14:05 Uhr"),
        ("{{ v|when }}", None, "–"),
        ("{{ v|day }}", date(2026, 3, 1), "1. März 2026"),
        ("{{ v|clock }}", NOW, "14:05 Uhr"),
        ("{{ v|duration }}", 1, "1 Sekunde"),
        ("{{ v|duration }}", 59, "59 Sekunden"),
        ("{{ v|duration }}", 60, "1 Minute"),
        ("{{ v|duration }}", timedelta(hours=41), "41 Stunden"),
        ("{{ v|duration }}", 4 * 86400, "4 Tage"),
        ("{{ v|duration }}", None, "–"),
        ("{{ v|ago }}", NOW - timedelta(seconds=5), "gerade eben"),
        ("{{ v|ago }}", NOW - timedelta(minutes=1), "vor 1 Minute"),
        ("{{ v|ago }}", NOW - timedelta(minutes=4), "vor 4 Minuten"),
        ("{{ v|ago }}", NOW - timedelta(hours=3), "vor 3 Stunden"),
        ("{{ v|ago }}", NOW - timedelta(days=3), "vor 3 Tagen"),
        ("{{ v|ago }}", NOW - timedelta(days=100), "7. April 2026"),
        ("{{ v|ago }}", NOW + timedelta(hours=2), "16. Juli 2026, 16:05 Uhr"),
        ("{{ v|ago }}", None, "noch nie"),
    ],
)
def test_values_read_as_germans_write_them(text, value, shown):
    assert drawn(text, v=value).replace("\xa0", " ") == shown


def test_number_and_unit_are_never_torn_apart():
    assert drawn('{{ v|quantity:"m" }}', v=1.42) == "1,42\xa0m"


def test_the_same_values_in_english():
    with translation.override("en"):
        assert drawn("{{ v|number:1 }}", v=1234.5) == "1,234.5"
        assert drawn("{{ v|ago }}", v=NOW - timedelta(minutes=4)) == "4 minutes ago"
        assert drawn("{{ v|duration }}", v=86400 * 4) == "4 days"


def test_a_moment_carries_its_exact_time_for_machines():
    html = drawn("{% moment v %}", v=NOW - timedelta(minutes=4))
    assert 'datetime="2026-07-16T12:01:00+00:00"' in html
    assert 'title="16.\xa0Juli 2026, 14:01\xa0Uhr"' in html
    assert ">vor 4 Minuten<" in html


def test_an_icon_is_decoration_and_an_unknown_one_an_error():
    assert 'aria-hidden="true"' in drawn('{% icon "warn" %}')
    with pytest.raises(KeyError):
        drawn('{% icon "gibtesnicht" %}')


def test_a_parameter_of_the_address_is_changed():
    request = RequestFactory().get("/liste/?seite=2&feld=wasser")
    assert drawn('{% query seite=None feld="luft" %}', request=request) == "/liste/?feld=luft"


def shown_panel(request, obj):
    return "base/parts/tag.html", {"text": f"<{obj}>", "kind": "ok"}


def no_panel(request, obj):
    return None


def test_panels_of_other_rooms_are_drawn_in_their_order_and_escaped(wiring, monkeypatch):
    places = {
        "probe": [f"{__name__}.{name}" for name in ("shown_panel", "no_panel", "shown_panel")]
    }
    monkeypatch.setattr(wiring, "PANELS", places, raising=False)
    html = drawn('{% panels "probe" o %}', o="x")
    assert html.count("&lt;x&gt;") == 2
    assert drawn('{% panels "anderswo" %}') == ""


class Sample(forms.Form):
    name = forms.CharField(label="Name", help_text="Wie auf dem Schild.")
    depth = forms.FloatField(label="Tiefe in Metern", required=False)
    agree = forms.BooleanField(label="Einverstanden")


def test_a_form_with_mistakes_sums_them_up_and_leads_to_each_field():
    html = str(Sample({"name": "", "depth": "tief"}))
    assert 'role="alert"' in html
    assert "3 Angaben fehlen noch oder passen nicht" in html
    for field in ("name", "depth", "agree"):
        assert f'href="#id_{field}"' in html
        assert f'id="id_{field}_error"' in html
    assert html.index('role="alert"') < html.index("<input")
    assert html.count('aria-invalid="true"') == 3
    assert "id_name_helptext" in html
    assert "id_name_error" in html.split('id="id_name"')[0] + html.split('name="name"')[1][:300]


def test_a_form_without_mistakes_has_no_summary_and_marks_what_is_voluntary():
    html = str(Sample())
    assert 'role="alert"' not in html
    assert html.count("(freiwillig)") + html.count('class="muted small">(') >= 1
    assert "Wie auf dem Schild." in html
