"""The page: draft, dry run, switch on, hold."""

import pytest

from mehrwert.base.clock import now_us
from mehrwert.observations import queries

from .fixtures import observation_store
from .pages import HOUR, MINUTE, make_town, text_of

__all__ = ["observation_store"]
pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "observations"])


def test_a_policy_is_a_draft_until_somebody_has_seen_what_would_go(observation_store):
    """OBS-20, and UX: nothing happens before a person says so."""
    town = make_town(roles=("admin", "editor"))
    _, series = town.thing("Pegel Aue")
    town.record_up_to(series, now_us() - now_us() % HOUR, range(300), step_us=60 * MINUTE)
    assert "Alle Rohwerte bleiben." in text_of(town.get("aufbewahrung/"))
    wrong = {"what": f"series-{series}", "raw_days": "10", "hour_days": "5"}
    answer = town.post("aufbewahrung/fristen/", wrong)
    assert answer.status_code == 422
    assert "mindestens so lange bleiben" in text_of(answer)
    right = {"what": f"series-{series}", "raw_days": "10"}
    page = text_of(town.client.post(town.path("aufbewahrung/fristen/"), right, follow=True))
    (would,) = queries.list_expiries(town.tenant.pk, now_us(), only_active=False)
    assert f"{would.n} Rohwerte gingen." in page
    assert "Entwurf" in page
    (policy,) = queries.list_policies(town.tenant.pk)
    town.post(f"aufbewahrung/fristen/{policy.id}/", {"an": "1"})
    assert "geht heute Nacht" in text_of(town.get("aufbewahrung/", probe=1))
    town.post("aufbewahrung/sperren/", {"datastream": "0", "reason": "Az. 4 K 12/26"})
    page = text_of(town.get("aufbewahrung/", probe=1))
    assert "gesperrt, bleibt" in page
    assert "Az. 4 K 12/26" in page
    (hold,) = queries.list_holds(town.tenant.pk)
    town.post(f"aufbewahrung/sperren/{hold.id}/", {})
    town.post(f"aufbewahrung/fristen/{policy.id}/loeschen/", {})
    assert queries.list_policies(town.tenant.pk) == []
    assert town.get("aufbewahrung/", role="editor").status_code == 403
