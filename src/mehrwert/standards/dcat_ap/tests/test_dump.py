"""The open dump: four datasets with checksums, notices, and no person (CAT-752, CAT-807)."""

import csv
import hashlib
import io
import json
import zipfile

import pytest

from mehrwert.catalogue.actions import import_bundled
from mehrwert.standards.dcat_ap import actions, queries

from .factories import make_adoption, make_cost, make_solution

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return tmp_path / queries.FOLDER


def rows(folder, name):
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_checksums_name_every_file(folder):
    make_solution()
    dump = actions.write_dump()
    for file in dump.files:
        content = (folder / file.name).read_bytes()
        assert (hashlib.sha256(content).hexdigest(), len(content)) == (file.sha256, file.size)
    sums = (folder / "SHA256SUMS").read_text().splitlines()
    assert sums == [f"{f.sha256}  {f.name}" for f in dump.files]


def test_tables_and_lines_hold_the_same_rows(folder):
    solution = make_solution()
    make_adoption(solution)
    make_cost(solution)
    actions.write_dump()
    for name in actions.COLUMNS:
        lines = (folder / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
        assert len(lines) == len(rows(folder, name))
        assert all(set(json.loads(line)) == set(actions.COLUMNS[name]) for line in lines)
    assert rows(folder, "costs")[0]["per_inhabitant_year_eur"] == "0.1200"
    assert rows(folder, "adoptions")[0]["basis"] == "documented"


def test_unknown_stays_empty_and_what_nobody_checked_says_so(folder):
    make_solution(stage=None, technologies=None)
    actions.write_dump()
    (row,) = rows(folder, "solutions")
    assert (row["stage"], row["technologies"], row["programme"]) == ("", "", "")
    assert row["label"] == "Übernommen · Selbstauskunft, nicht geprüft · Stand 01.05.2024"


def test_no_person_no_denied_use_no_hidden_entry(folder):
    solution = make_solution()
    make_adoption(solution, is_denied=True)
    hidden = make_solution("hidden")
    hidden.is_public = False
    hidden.save()
    actions.write_dump()
    assert rows(folder, "adoptions") == []
    assert [r["slug"] for r in rows(folder, "solutions")] == ["bachwarner"]
    with zipfile.ZipFile(folder / "profiles.zip") as archive:
        text = archive.read("bachwarner.json").decode()
        assert archive.namelist() == ["bachwarner.json"]
    everything = text + "".join(p.read_text("utf-8") for p in folder.glob("*.[cjt]*"))
    assert "Geheim" not in everything
    assert json.loads(text)["profile"]["contact"] == {"unit": "Bauhof"}


def test_the_same_catalogue_gives_the_same_files(folder):
    make_solution()
    first = actions.write_dump().files
    assert actions.write_dump().files == first


def test_the_first_dump_is_written_once(folder):
    actions.write_first_dump()
    assert queries.read_dump() is None
    make_solution()
    actions.write_first_dump()
    made_at = queries.read_dump().made_at
    actions.write_first_dump()
    assert queries.read_dump().made_at == made_at


def test_the_bundled_collection(folder):
    import_bundled()
    actions.write_dump()
    found = rows(folder, "solutions")
    assert len(found) == 183
    assert sum(r["status"] == "" for r in found) == 16
    assert sum("Alter der Quelle unbekannt" in r["label"] for r in found) == 71


def test_files_are_served_by_name_only(client, folder):
    make_solution()
    actions.write_dump()
    response = client.get("/dcat/daten/solutions.csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    text = b"".join(response.streaming_content).decode()
    assert next(csv.reader(io.StringIO(text)))[:2] == ["id", "slug"]
    for name in ("manifest.json", "..%2Fsecret.key", "none.csv"):
        assert client.get(f"/dcat/daten/{name}").status_code == 404
