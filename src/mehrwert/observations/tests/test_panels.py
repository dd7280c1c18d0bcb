"""The start page of a municipality, and what open pages are told."""

import pytest

from mehrwert.base.models import LiveEvent
from mehrwert.observations.events import DatastreamNews, ObservationsRecorded
from mehrwert.observations.handlers import publish_values

from .pages import HOUR, MINUTE, now_us, place, text_of

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "observations"])
__all__ = ["place"]


def home(place):
    return text_of(place.client.get(f"/{place.tenant.slug}/"))


def news(datastream_id, last_us):
    told = DatastreamNews(datastream_id, 1, last_us, last_us, 0, 0, 1.0, 0)
    return ObservationsRecorded(1, "test", None, (told,))


def test_an_empty_municipality_sees_the_first_step(place):
    text = home(place)
    assert "Noch keine Messwerte" in text
    assert place.path() in text


def test_the_start_page_counts_and_names_who_is_silent(place):
    _, fresh = place.thing("Pegel Erlenbach")
    _, silent = place.thing("Baum Am Hang")
    place.record_up_to(fresh, now_us() - MINUTE, [1.0] * 1500)
    place.record_up_to(silent, now_us() - 41 * HOUR - MINUTE, [0.5] * 10)
    text = home(place)
    for part in ("1.510", "Pegel Erlenbach", "Baum Am Hang", "schweigt seit 41 Stunden"):
        assert part in text


def test_open_pages_hear_of_a_new_value(place):
    _, series = place.thing("Pegel")
    place.record_up_to(series, now_us() - MINUTE, [1.42])
    publish_values(news(series, now_us()), tenant_id=place.tenant.pk)
    (row,) = LiveEvent.objects.filter(topic="observations")
    (entry,) = row.payload["datastreams"]
    assert row.tenant_id == place.tenant.pk
    assert (entry["id"], entry["value"], entry["unit"]) == (series, 1.42, "m")
    assert entry["text"] == "1,42\u00a0m"


def test_an_import_of_old_values_stays_quiet(place):
    _, series = place.thing("Pegel")
    place.record_up_to(series, now_us() - 400 * HOUR, [1.0])
    publish_values(news(series, now_us() - 400 * HOUR), tenant_id=place.tenant.pk)
    assert not LiveEvent.objects.filter(topic="observations").exists()


def test_series_of_another_municipality_are_not_told(place):
    _, series = place.thing("Pegel")
    place.record_up_to(series, now_us(), [1.0])
    publish_values(news(series, now_us()), tenant_id=place.tenant.pk + 1)
    assert not LiveEvent.objects.filter(topic="observations").exists()
