"""What a report of a project is told of alerts."""

import pytest

from mehrwert.alerts.actions import look_at_readings
from mehrwert.alerts.project_facts import count_of_series
from mehrwert.base.tenant import tenant_scope
from mehrwert.municipalities.tests.fixtures import make_tenant
from mehrwert.observations.tests.fixtures import make_town

from .factories import watching

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "observations"])
AT = 1_700_000_000_000_000


def test_alerts_of_the_series_and_of_the_time_are_counted(observation_store):
    tenant = make_tenant("auental")
    measured = make_town(tenant.pk)
    watching(tenant.pk, measured.datastream_id, threshold=0.5)
    measured.record([AT], [3.0])
    look_at_readings(tenant.pk, [measured.datastream_id])
    with tenant_scope(tenant.pk):
        series = [measured.datastream_id]
        assert count_of_series(series, AT - 1, AT + 1) == [
            ("Meldungen im Zeitraum", "1 Meldung, 1 dauern an")
        ]
        assert count_of_series(series, AT + 1, AT + 2) == [("Meldungen im Zeitraum", "0 Meldungen")]
        assert count_of_series([], AT - 1, AT + 1) == []
