"""Folders by their description: stored once, told honestly, taken back as a whole."""

import shutil

import pytest

from mehrwert.base.errors import UnavailableError
from mehrwert.base.jobs_runtime import JobCancelledError, LeaseLostError
from mehrwert.connectors.table_files import actions, jobs
from mehrwert.connectors.table_files.actions import engine
from mehrwert.connectors.table_files.errors import DescriptionError, FolderError
from mehrwert.observations.actions import record_observations
from mehrwert.observations.choices import Quality
from mehrwert.observations.errors import DiskFullError, QueueFullError, WriterStoppedError
from mehrwert.observations.queries import list_things, read_observations, read_thing

from .conftest import DESCRIPTION, MUENSTER, last_job, work_off

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "observations"])
VALUES = 204


@pytest.fixture
def source():
    return actions.FolderSource(MUENSTER, actions.load_description(DESCRIPTION))


def test_real_counts_come_in_complete_with_their_metadata(town, source):
    result = actions.import_described(town.context, source)
    assert (result.rows, result.values, result.created) == (68, VALUES, VALUES)
    line = town.series()["Promenade (westl. Hals), gesamt"]
    assert (line.unit_name, line.aggregation) == ("Fahrzeuge je Viertelstunde", "sum")
    assert (line.licence, line.credit) == ("dl-de/by-2-0", "Stadt Münster")
    (thing,) = [t for t in list_things(town.tenant.pk) if t.name.startswith("Promenade")]
    assert read_thing(town.tenant.pk, thing.id).location_properties == {"position_note": "ungefähr"}


def test_total_and_channels_are_series_of_their_own_never_added(town, source):
    actions.import_described(town.context, source)
    names = [name for name in town.series() if "Hals" in name]
    assert len(names) == len(set(names)) == 7
    assert "Promenade (westl. Hals) [Bike IN] (353426710)" in names
    sums = dict(town.values("Wolbecker Straße, gesamt"))
    assert sums["2024-10-27 00:00"] == 67


def test_rows_with_both_hours_are_suspect_and_reported(town, source):
    result = actions.import_described(town.context, source)
    assert result.codes == {"merged_hour": 8}
    line = town.series()["Wolbecker Straße, gesamt"]
    rows = read_observations(town.tenant.pk, line.id, newest_first=False)
    marked = [(r.quality, r.qualifiers) for r in rows if r.qualifiers]
    assert marked == [(Quality.SUSPECT, "dst_double")] * 4
    assert all(r.end_us - r.time_us == 900_000_000 for r in rows)
    times = [time for time, _ in town.values("Wolbecker Straße, gesamt")]
    assert times[3:9] == [
        "2024-10-26 23:45",
        "2024-10-27 00:00",
        "2024-10-27 00:15",
        "2024-10-27 00:30",
        "2024-10-27 00:45",
        "2024-10-27 02:00",
    ]


def test_importing_again_changes_nothing(town, source):
    actions.import_described(town.context, source)
    before = town.values("Wolbecker Straße, gesamt")
    again = actions.import_described(town.context, source)
    assert (again.created, again.duplicate, again.corrected) == (0, VALUES, 0)
    assert town.values("Wolbecker Straße, gesamt") == before
    assert len(town.series()) == 10


def test_undoing_removes_values_and_series_and_nothing_else(town, source):
    kept = town.take("t;Pegel [m]\n2025-01-01 00:00;1,5\n2025-01-01 01:00;1,6\n")
    result = actions.import_described(town.context, source)
    assert town.undo(result.import_id).state == "undone"
    assert list(town.series()) == ["Pegel"]
    assert len(town.values("Pegel")) == 2
    assert town.row(kept.pk).state == "stored"


def test_undoing_a_second_import_leaves_the_first(town, source):
    actions.import_described(town.context, source)
    before = town.values("Wolbecker Straße, gesamt")
    again = actions.import_described(town.context, source)
    town.undo(again.import_id)
    assert town.values("Wolbecker Straße, gesamt") == before


def failing(monkeypatch, error, after=1):
    calls = []

    def record(context, batches):
        calls.append(1)
        if len(calls) > after:
            raise error
        return record_observations(context, batches)

    monkeypatch.setattr(engine, "record_observations", record)
    monkeypatch.setattr(engine, "PAUSE_S", 0)


@pytest.mark.parametrize("error", [DiskFullError(retry_after_s=5), QueueFullError(retry_after_s=1)])
def test_a_failure_in_the_middle_leaves_nothing_half_written(town, source, monkeypatch, error):
    failing(monkeypatch, error)
    with pytest.raises(UnavailableError):
        actions.import_described(town.context, source)
    assert town.series() == {}
    assert list_things(town.tenant.pk) == []
    assert [row.state for row in town.rows()] == ["failed"]


def test_cancelling_takes_back_what_was_stored(town, source):
    def cancel(progress):
        raise JobCancelledError

    with pytest.raises(JobCancelledError) as error:
        actions.import_described(town.context, source, cancel)
    assert "entfernt" in str(error.value)
    assert town.series() == {}


def test_a_stop_of_the_process_hands_the_job_back_and_it_goes_on(town, source, monkeypatch):
    saved = []
    resume = actions.Resume(save=saved.append)
    failing(monkeypatch, WriterStoppedError(retry_after_s=1))
    with pytest.raises(LeaseLostError):
        actions.import_described(town.context, source, resume=resume)
    monkeypatch.undo()
    state = saved[-1]
    result = actions.import_described(town.context, source, resume=actions.Resume().load(state))
    assert (result.rows, result.values, result.created) == (68, VALUES, VALUES)
    assert [row.state for row in town.rows()] == ["stored"]


def test_only_a_part_of_the_time_can_be_imported(town, source):
    march = actions.Window(from_us=1_740_000_000_000_000)
    part = actions.FolderSource(MUENSTER, source.description, window=march)
    result = actions.import_described(town.context, part)
    assert (result.created, result.codes) == (60, {})
    rest = actions.import_described(town.context, source)
    assert (rest.created, rest.duplicate) == (VALUES - 60, 60)


def test_a_folder_that_is_not_as_described_is_refused_before_anything_is_stored(town, tmp_path):
    folder = tmp_path / "folder"
    shutil.copytree(MUENSTER, folder)
    (folder / "100020113.csv").unlink()
    source = actions.FolderSource(folder, actions.load_description(DESCRIPTION))
    with pytest.raises(FolderError) as error:
        actions.import_described(town.context, source)
    assert error.value.data == {"name": "100020113.csv"}
    (folder / "100020113.csv").write_text("Zeit,100020113\n2024-01-01 00:00,1\n")
    with pytest.raises(DescriptionError):
        actions.import_described(town.context, source)
    assert town.series() == {}


def test_a_running_server_takes_the_folder_over_as_a_job(town, source):
    job_id = actions.start_folder_job(
        town.tenant.pk, source, DESCRIPTION, town.context.actor, jobs.import_folder
    )
    work_off()
    job = last_job()
    assert (job.id, job.state) == (job_id, "done")
    assert job.result["created"] == VALUES
    assert (job.done, job.done > 0) == (job.total, True)
