"""What lies in the repository: licence, glossary, no machine paths, no foreign hosts."""

import re
import subprocess

import pytest
import yaml

from .house import ROOT

# folders that every Debian has; files may name what lies in them
USUAL = frozenset({"etc", "opt", "srv", "tmp", "usr", "var"})
REGISTRIES = (("pypi", "org"), ("files", "pythonhosted", "org"), ("registry", "npmjs", "org"))
HOMES = r"(?<![\w.:/-])/(?:home|root|Users)/[\w.-]+"
# the image is built in a folder that goes with it
PASSING = r"(?<![\w.:/-])/tmp/(?!build\b)[\w.-]+"


def forbidden() -> re.Pattern[str]:
    """Homes and passing folders of any machine, the place of this checkout, registries."""
    banned = [HOMES, PASSING, *(re.escape(".".join(parts)) for parts in REGISTRIES)]
    if len(ROOT.parts) > 2 and ROOT.parts[1] not in USUAL:
        places = "|".join(re.escape(str(path)) for path in ROOT.parent.iterdir())
        banned.append(rf"(?<![\w.:/-])(?:{places})(?![\w-])")
    return re.compile("|".join(banned))


def tracked() -> list[str]:
    out = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [name for name in out.stdout.splitlines() if (ROOT / name).is_file()]


def test_no_file_names_a_path_of_a_machine_or_a_registry():
    pattern, found = forbidden(), []
    for name in tracked():
        try:
            text = (ROOT / name).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        if match := pattern.search(text):
            found.append(f"{name}: {match.group(0)}")
    assert found == []


@pytest.mark.parametrize(
    "text",
    [
        "/".join(("", "home", "lena", "mehrwert")),
        "/".join(("", "root", ".cache")),
        "/".join(("", "tmp", "trial.py")),
        "https://" + ".".join(REGISTRIES[1]) + "/packages",
    ],
)
def test_such_a_path_would_be_found(text):
    assert forbidden().search(text)


def test_nothing_downloaded_is_committed():
    assert [n for n in tracked() if "/static/vendor/" in n or n.startswith("node_modules/")] == []


@pytest.mark.parametrize(
    "name",
    [
        "README.md",
        "CONTRIBUTING.md",
        "SECURITY.md",
        "THREAT_MODEL.md",
        "CHANGELOG.md",
        "LICENSE",
        "publiccode.yml",
    ],
)
def test_the_papers_of_an_open_project_are_there(name):
    assert (ROOT / name).stat().st_size > 300


def test_publiccode_yml_has_what_version_0_7_demands():
    data = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))
    assert str(data["publiccodeYmlVersion"]).startswith("0.7")
    for key in ("name", "url", "platforms", "developmentStatus", "softwareType"):
        assert data[key]
    assert data["legal"]["license"] == "EUPL-1.2"
    assert data["maintenance"]["type"] in {"internal", "contract", "community", "none"}
    assert data["maintenance"].get("contacts") or data["maintenance"].get("contractors")
    assert set(data["localisation"]["availableLanguages"]) == {"de", "en"}
    for language in ("de", "en"):
        description = data["description"][language]
        assert len(description["shortDescription"]) <= 150
        assert 150 <= len(description["longDescription"]) <= 10000
        assert description["features"]


def glossary_rows() -> list[tuple[str, str]]:
    """Return (German, `Identifier`) of every row of the glossary."""
    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    return re.findall(r"^\| ([^|]+?) \| `([^`|]+)` \|", text, re.MULTILINE)


def test_every_identifier_of_the_glossary_exists_or_is_marked_as_planned():
    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    planned = set(re.findall(r"`([^`|]+)` \| geplant", text))
    files = [p for p in (ROOT / "src").rglob("*.py") if "tests" not in p.parts]
    words = {w for p in files for w in re.findall(r"\w+", p.read_text(encoding="utf-8"))}
    rows = glossary_rows()
    built = [word for _, word in rows if word not in planned]
    missing = [word for word in built if word not in words]
    assert len(rows) > 25
    assert missing == []


def test_every_model_of_the_house_stands_in_the_glossary():
    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    from django.apps import apps

    ours = [m for m in apps.get_models() if m.__module__.startswith("mehrwert.")]
    models = {m.__name__ for m in ours if ".tests" not in m.__module__}
    assert sorted(name for name in models if f"`{name}`" not in text) == []
