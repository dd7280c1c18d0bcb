"""SQLite in the tests refuses what PostgreSQL would refuse."""

import pytest
from django.db import DataError

from mehrwert.base.models import Lease


@pytest.mark.django_db
def test_a_text_too_long_for_its_column_is_refused_on_both_engines():
    longest = Lease._meta.get_field("name").max_length
    Lease.objects.create(name="x" * longest, holder="h", until_us=1)
    with pytest.raises(DataError):
        Lease.objects.create(name="x" * (longest + 1), holder="h", until_us=1)


@pytest.mark.django_db
def test_a_number_too_large_for_its_column_is_refused_on_both_engines():
    Lease.objects.create(name="a", holder="h", until_us=2**63 - 1)
    with pytest.raises((DataError, OverflowError)):
        Lease.objects.create(name="b", holder="h", until_us=2**63)
