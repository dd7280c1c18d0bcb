"""The rules of publiccode.yml, key by key (CAT-701, section 8.1 of the specification)."""

import pytest

from mehrwert.standards.publiccode.choices import SUPPORTED_VERSIONS, Severity
from mehrwert.standards.publiccode.queries import check_bytes

from .factories import LONG, changed, full, minimal, written


def errors(data: bytes, **options) -> list[tuple[str, str]]:
    found = check_bytes(data, **options).outcome.of(Severity.ERROR)
    return [(f.key, f.code) for f in found]


def warnings(data: bytes) -> list[tuple[str, str]]:
    return [(f.key, f.code) for f in check_bytes(data).outcome.of(Severity.WARNING)]


@pytest.mark.parametrize("data", [minimal(), full()], ids=["minimal", "full"])
def test_a_right_file_has_neither_errors_nor_warnings(data):
    assert errors(written(data)) == []
    assert warnings(written(data)) == []


@pytest.mark.parametrize(
    "key", ["name", "url", "platforms", "developmentStatus", "softwareType", "description"]
)
def test_mandatory_keys_of_the_top_level(key):
    assert [k for k, _ in errors(changed(key, ...))] == [key]
    assert [k for k, _ in errors(changed(key, None))] == [key]


@pytest.mark.parametrize(
    ("section", "keys"),
    [
        ("legal", ["legal.license"]),
        ("maintenance", ["maintenance.type"]),
        ("localisation", ["localisation.localisationReady", "localisation.availableLanguages"]),
    ],
)
def test_mandatory_keys_of_a_section_are_missed_when_the_section_is(section, keys):
    assert errors(changed(section, ...)) == [(k, "required") for k in keys]


BAD_VALUES = [
    ("name", "", "required"),
    ("url", "foobar", "url"),
    ("url", "git@git.example.org:a/b", "url"),
    ("landingURL", "???", "http_url"),
    ("landingURL", "ftp://example.org/x", "http_url"),
    ("roadmap", "soon", "http_url"),
    ("releaseDate", "", "date"),
    ("releaseDate", "2026-13-01", "date"),
    ("releaseDate", "2026-02-29", "date"),
    ("releaseDate", "2026-04-15T10:00:00", "date"),
    ("releaseDate", "15.04.2026", "date"),
    ("developmentStatus", "finished", "choice"),
    ("softwareType", "standalone", "choice"),
    ("organisation.uri", "pcm", "organisation_uri"),
    ("organisation.uri", "urn:", "organisation_uri"),
    ("organisation.uri", "mailto:a@example.org", "organisation_uri"),
    ("legal.license", "EUPL", "licence"),
    ("legal.license", "AGPL-3.0 oder EUPL-1.2", "licence"),
    ("legal.license", "MIT AND", "licence"),
    ("maintenance.type", "volunteers", "choice"),
    ("logo", "/img/logo.svg", "absolute_path"),
    ("logo", "file:///img/logo.svg", "file_url"),
    ("logo", "img/logo.gif", "extension"),
    ("description.de.shortDescription", "x" * 151, "too_long"),
    ("description.de.longDescription", "x" * 149, "too_short"),
    ("description.de.longDescription", "x" * 10_001, "too_long"),
    ("description.de.longDescription", None, "required"),
    ("description.de.shortDescription", None, "required"),
    ("description.de.features", [], "at_least_one"),
    ("description.de.features", None, "at_least_one"),
    ("description.de.documentation", "not_a_url", "http_url"),
    ("description.de.apiDocumentation", "abc", "http_url"),
    ("description.de.genericName", "x" * 36, "too_long"),
    ("localisation.availableLanguages", [], "at_least_one"),
    ("localisation.availableLanguages", None, "required"),
    ("localisation.localisationReady", None, "required"),
    ("IT.countryExtensionVersion", "3", "choice"),
    ("zzz", 1, "unknown_key"),
    ("legal.licence", "MIT", "unknown_key"),
]


@pytest.mark.parametrize(("key", "value", "code"), BAD_VALUES)
def test_a_bad_value_is_an_error_of_its_key(key, value, code):
    assert (key, code) in errors(changed(key, value))


BAD_ENTRIES = [
    ("isBasedOn", ["https://example.org/a", "b"], "isBasedOn[1]", "url"),
    ("isBasedOn", "b", "isBasedOn[0]", "url"),
    ("categories", ["other", "sensors"], "categories[1]", "category"),
    ("inputTypes", ["text/plain", "text"], "inputTypes[1]", "media_type"),
    ("outputTypes", ["text"], "outputTypes[0]", "media_type"),
    ("fundedBy", [{"name": "Land"}], "fundedBy[0].uri", "required"),
    ("fundedBy", [{"uri": "Land"}], "fundedBy[0].uri", "organisation_uri"),
    ("organisation", {"name": "Auental"}, "organisation.uri", "required"),
    ("supports", [{"id": "alias:abc"}], "supports[0].id", "alias"),
    ("supports", [{"id": "DSGVO"}], "supports[0].id", "support_id"),
    ("supports", [{}], "supports[0].id", "required"),
    ("intendedAudience.countries", ["DE", "DEU"], "intendedAudience.countries[1]", "country"),
    ("intendedAudience.countries", ["De"], "intendedAudience.countries[0]", "country"),
    (
        "intendedAudience.unsupportedCountries",
        ["XX"],
        "intendedAudience.unsupportedCountries[0]",
        "country",
    ),
    ("intendedAudience.scope", ["towns"], "intendedAudience.scope[0]", "scope"),
    ("dependsOn.open", [{"version": "1"}], "dependsOn.open[0].name", "required"),
    ("maintenance.contacts", [{}], "maintenance.contacts[0].name", "required"),
    (
        "maintenance.contacts",
        [{"name": "a", "email": "a@b"}],
        "maintenance.contacts[0].email",
        "mail",
    ),
    (
        "localisation.availableLanguages",
        ["de", "de_AT"],
        "localisation.availableLanguages[1]",
        "language",
    ),
    ("description.de.videos", ["ABC"], "description.de.videos[0]", "http_url"),
    (
        "description.de.videos",
        ["https://example.org/film"],
        "description.de.videos[0]",
        "video",
    ),
    ("description.de.screenshots", ["a.gif"], "description.de.screenshots[0]", "extension"),
]


@pytest.mark.parametrize(("key", "value", "where", "code"), BAD_ENTRIES)
def test_a_bad_entry_is_named_by_its_place_in_the_list(key, value, where, code):
    assert errors(changed(key, value)) == [(where, code)]


WRONG_TYPES = [
    ("name", [], "name"),
    ("softwareVersion", [], "softwareVersion"),
    ("platforms", "web", "platforms"),
    ("usedBy", "Auental", "usedBy"),
    ("intendedAudience", "towns", "intendedAudience"),
    ("intendedAudience.countries", "DE", "intendedAudience.countries"),
    ("isBasedOn", {"a": "b"}, "isBasedOn.a"),
    ("organisation", [{"name": "a"}], "organisation[0]"),
    ("fundedBy", {"name": "a"}, "fundedBy.name"),
    ("dependsOn.open", [{"name": "a", "optional": "yes"}], "dependsOn.open[0].optional"),
]


@pytest.mark.parametrize(("key", "value", "where"), WRONG_TYPES)
def test_a_wrong_type_is_named_by_the_key_that_starts_there(key, value, where):
    assert errors(changed(key, value))[0] == (where, "wrong_type")


@pytest.mark.parametrize("word", ["yes", "no", "on", "off", "'true'", "1"])
def test_only_true_and_false_are_true_and_false(word):
    """YAML 1.2: the words of YAML 1.1 are texts."""
    text = written(minimal()).decode().replace("localisationReady: true", "localisationReady: @")
    found = errors(text.replace("@", word).encode())
    assert found == [
        ("localisation.localisationReady", "wrong_type"),
        ("localisation.availableLanguages", "section_unread"),
    ]


@pytest.mark.parametrize(
    ("key", "value", "missed"),
    [
        ("legal", "MIT", "legal.license"),
        ("maintenance.contractors", "Firma", "maintenance.type"),
        ("description.de.awards", "Preis", "description"),
    ],
)
def test_a_wrong_type_makes_its_whole_section_count_as_missing(key, value, missed):
    assert errors(changed(key, value)) == [(key, "wrong_type"), (missed, "section_unread")]


@pytest.mark.parametrize("version", SUPPORTED_VERSIONS)
def test_every_supported_version_is_read(version):
    data = changed("publiccodeYmlVersion", version)
    assert errors(data) == []
    old = version not in {"0", "0.7", "0.7.0"}
    assert warnings(data) == ([("publiccodeYmlVersion", "old_version")] if old else [])


@pytest.mark.parametrize(
    ("version", "code"),
    [
        ("0.1", "unsupported_version"),
        ("1", "unsupported_version"),
        ("2.4.0", "unsupported_version"),
        (0.4, "version_type"),
        (0, "version_type"),
        (None, "version_type"),
        ([], "version_type"),
        (..., "required"),
    ],
)
def test_an_unknown_version_ends_the_check_with_one_error(version, code):
    data = full() | {"name": None}
    found = errors(changed("publiccodeYmlVersion", version, data))
    assert found == [("publiccodeYmlVersion", code)]


@pytest.mark.parametrize("kind", ["internal", "community", "none"])
def test_contractors_stand_only_with_a_contract(kind):
    value = {
        "type": kind,
        "contractors": [{"name": "Firma", "until": "2027-01-01"}],
        "contacts": [{"name": "Bauhof"}],
    }
    assert errors(changed("maintenance", value)) == [("maintenance.contractors", "contract_only")]


@pytest.mark.parametrize(
    ("kind", "missing"),
    [
        ("internal", ["maintenance.contacts"]),
        ("community", ["maintenance.contacts"]),
        ("contract", ["maintenance.contractors"]),
        ("none", []),
    ],
)
def test_who_must_be_named_depends_on_the_kind_of_maintenance(kind, missing):
    found = errors(changed("maintenance", {"type": kind}))
    assert found == [(key, "required_if") for key in missing]


@pytest.mark.parametrize(
    ("contractor", "where", "code"),
    [
        ({"name": "Firma"}, "until", "required"),
        ({"until": "2027-01-01"}, "name", "required"),
        ({"name": "Firma", "until": "01.01.2027"}, "until", "date"),
        ({"name": "Firma", "until": "2027-01-01", "email": "firma"}, "email", "mail"),
        ({"name": "Firma", "until": "2027-01-01", "website": "firma"}, "website", "http_url"),
    ],
)
def test_rules_of_a_contractor(contractor, where, code):
    value = {"type": "contract", "contractors": [contractor]}
    found = errors(changed("maintenance", value))
    assert found == [(f"maintenance.contractors[0].{where}", code)]


@pytest.mark.parametrize("tag", ["de_DE", "deutsch", "ita", "xx"])
def test_languages_of_descriptions_are_strict(tag):
    data = minimal()
    data["description"][tag] = data["description"]["de"]
    assert errors(written(data)) == [("description", "description_language")]


def test_characters_are_counted_as_people_see_them():
    family = "\N{MAN}\N{ZERO WIDTH JOINER}\N{WOMAN}\N{ZERO WIDTH JOINER}\N{GIRL}"
    assert errors(changed("description.de.shortDescription", family * 150)) == []
    assert errors(changed("description.de.shortDescription", family * 151)) != []


def test_a_language_with_a_region_is_named_in_brackets():
    data = minimal()
    data["description"] = {"de-AT": {}}
    keys = [k for k, _ in errors(written(data))]
    assert keys == [
        f"description[de-AT].{name}" for name in ("shortDescription", "longDescription", "features")
    ]


@pytest.mark.parametrize(
    ("key", "value", "where", "code"),
    [
        ("monochromeLogo", "https://example.org/a.svg", "monochromeLogo", "deprecated_logo"),
        ("inputTypes", ["text/plain"], "inputTypes", "deprecated_drop"),
        ("outputTypes", ["text/plain"], "outputTypes", "deprecated_drop"),
        (
            "description.de.genericName",
            "Warner",
            "description.de.genericName",
            "deprecated_drop",
        ),
        ("legal.repoOwner", "Auental", "legal.repoOwner", "deprecated_owner"),
        ("legal.authorsFile", "AUTHORS", "legal.authorsFile", "deprecated_drop"),
        ("it.piattaforme.spid", True, "it", "lowercase_section"),
        ("IT.conforme.gdpr", True, "IT.conforme", "deprecated_drop"),
        ("IT.riuso.codiceIPA", "pcm", "IT.riuso.codiceIPA", "deprecated_ipa"),
        (
            "intendedAudience.countries",
            ["DE", "at"],
            "intendedAudience.countries[1]",
            "lowercase_country",
        ),
    ],
)
def test_what_is_deprecated_is_a_warning_and_stays_valid(key, value, where, code):
    data = changed(key, value)
    assert errors(data) == []
    assert warnings(data) == [(where, code)]


def test_country_sections():
    assert errors(changed("IT", {})) == []
    both = full() | {"it": {"piattaforme": {"spid": True}}}
    assert errors(written(both)) == [("it", "country_section_twice")]
    assert errors(changed("DE", {"x": 1})) == [("DE", "unknown_key")]
    assert errors(changed("It", {})) == [("It", "unknown_key")]


def test_italian_codes_are_looked_up_where_the_list_is_given():
    data = changed("organisation.uri", "urn:x-italian-pa:c_h501")
    assert errors(data) == []
    assert errors(data, italian_codes={"c_h501"}) == []
    assert errors(data, italian_codes={"pcm"}) == [("organisation.uri", "ipa_code")]
    section = changed("IT.riuso.codiceIPA", "C_H501")
    assert errors(section, italian_codes={"pcm"}) == [("IT.riuso.codiceIPA", "ipa_code")]
    notes = check_bytes(data).outcome.of(Severity.NOTE)
    assert [(f.key, f.code) for f in notes] == [("organisation.uri", "ipa_unchecked")]


def test_numbers_count_as_the_text_they_are_written_as():
    data = full() | {"softwareVersion": 2.1, "name": 2026}
    data["dependsOn"]["open"][0]["versionMin"] = 15
    assert errors(written(data)) == []


@pytest.mark.parametrize(
    "licence",
    [
        "GPL-3.0",
        "EUPL-1.2-or-later",
        "MIT OR Apache-2.0",
        "(MIT AND BSD-3-Clause) OR EUPL-1.2",
        "GPL-2.0-only WITH Classpath-exception-2.0",
        "LicenseRef-Auental",
    ],
)
def test_licence_expressions(licence):
    assert errors(changed("legal.license", licence)) == []


def test_findings_name_line_and_column():
    text = (
        'publiccodeYmlVersion: "0"\n'
        "name: Bachwarner\n"
        "url: foobar\n"
        "legal: {}\n"
        "maintenance:\n"
        "  type: none\n"
        "platforms:\n"
        "  - web\n"
        "categories:\n"
        "  - sensors\n"
        "softwareType: library\n"
        "localisation:\n"
        "  localisationReady: yes\n"
    )
    found = {f.key: (f.line, f.column) for f in check_bytes(text.encode()).outcome.findings}
    assert found == {
        "url": (3, 1),
        "legal.license": (4, 8),
        "categories[0]": (10, 5),
        "developmentStatus": (1, 1),
        "description": (1, 1),
        "localisation.localisationReady": (13, 22),
        "localisation.availableLanguages": (13, 3),
    }


@pytest.mark.parametrize("text", [LONG, "", "- a\n- b\n", "null"])
def test_a_file_without_keys_misses_the_version(text):
    assert errors(text.encode()) == [("publiccodeYmlVersion", "required")]
