"""Looking for one row."""

import pytest

from mehrwert.base.errors import NotFoundError
from mehrwert.base.models import LiveEvent
from mehrwert.base.rows import first_of

pytestmark = pytest.mark.django_db


def test_one_row_or_the_error_that_says_it_is_missing(django_assert_num_queries):
    row = LiveEvent.objects.create(tenant_id=1, topic="job", payload={}, at_us=0)
    with django_assert_num_queries(1):
        assert first_of(LiveEvent.objects.filter(pk=row.pk), NotFoundError) == row
    with pytest.raises(NotFoundError):
        first_of(LiveEvent.objects.filter(pk=row.pk + 1), NotFoundError)
