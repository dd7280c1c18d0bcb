"""The analyser: spellings, stems, parts (CAT-102)."""

import pytest

from mehrwert.catalogue.search.lexicon import Lexicon, hand_written_words
from mehrwert.catalogue.search.stems import stem
from mehrwert.catalogue.search.words import fold, split_words


@pytest.mark.parametrize(
    ("words", "same"),
    [
        ("Bäume Baeume Baume", "baume"),
        ("Straße Strasse STRASSE", "strasse"),
        ("Müll Muell Mull", "mull"),
        ("Frequenz", "frequenz"),
        ("Bauer", "bauer"),
        ("neue", "neue"),
        ("Steuer", "steuer"),
        ("Café", "cafe"),
        ("CO₂", "co2"),
    ],
)
def test_spellings_fold_to_the_same_letters(words, same):
    assert {fold(word) for text in words.split() for word in split_words(text)} == {same}


def test_hyphens_and_genders_stay_one_word():
    text = "Bürger:innen, Nutzer*innen und Radfahrer/-innen melden per Stadt-App (E-Mail/SMS)"
    assert split_words(text) == (
        [
            "Bürgerinnen",
            "Nutzerinnen",
            "und",
            "Radfahrerinnen",
            "melden",
            "per",
            "Stadt-App",
            "E-Mail",
            "SMS",
        ]
    )


@pytest.mark.parametrize(
    "family",
    [
        "Bewässerung bewässern bewässert Bewässerungen",
        "Baum Bäume Bäumen Baumes",
        "Bürger Bürgern Bürgerin Bürgerinnen",
        "Meldung melden Melder meldet",
        "Messung messen misst",
        "Steuerung steuern",
        "Sanierung sanieren saniert",
        "Kartierung kartieren Karte Karten",
        "digital digitale Digitalisierung digitalisieren",
        "Sensor Sensoren Sensorik",
        "Rad Räder",
        "Mangel Mängel Mängeln",
        "Sammlung sammeln",
        "Stadt Städte städtisch",
        "Barrierefreiheit barrierefrei barrierefreier",
        "Kita Kitas",
    ],
)
def test_words_of_one_family_share_their_stem(family):
    assert len({stem(fold(word)) for word in family.split()}) == 1


@pytest.mark.parametrize("pair", ["Bürger Burg", "Räder Rat", "Internet intern", "Laden Lade"])
def test_strangers_keep_their_own_stem(pair):
    first, second = (stem(fold(word)) for word in pair.split())
    assert first != second


@pytest.mark.parametrize(
    ("compound", "parts"),
    [
        ("Baumbewässerung", "Baum Bewässerung"),
        ("Verkehrszählung", "Verkehr Zählung"),
        ("Straßenzustandserfassung", "Straße Zustand Erfassung"),
        ("Bürgerbeteiligungsplattform", "Bürger Beteiligung Plattform"),
        ("Hochwasserfrühwarnsystem", "Hochwasser Frühwarn System"),
        ("Schulweg", "Schule Weg"),
        ("Bauamt", "Bau Amt"),
        ("Radverkehr", "Rad Verkehr"),
        ("Baum-Bewässerung", "Baum Bewässerung"),
        ("Fahrradparkhaus", "Fahrrad Parkhaus"),
    ],
)
def test_compounds_are_taken_apart(compound, parts):
    assert Lexicon().analyse(fold(compound)).atoms == tuple(stem(fold(p)) for p in parts.split())


@pytest.mark.parametrize("word", ["Hochwasser", "Leerstand", "Regensburg", "Bericht", "Museum"])
def test_whole_words_stay_whole(word):
    assert Lexicon(places={"regensburg"}).analyse(fold(word)).atoms == ()


def test_a_town_that_is_also_a_word_is_still_a_part():
    assert Lexicon(places={"burg", "markt"}).analyse("marktplatz").atoms == ("mark", "platz")


def test_parts_with_three_letters_come_from_the_list():
    assert {word for word in hand_written_words() if len(word) == 3} >= {"rad", "bau"}
    assert Lexicon().analyse("tonband").atoms == ()


def test_words_of_the_solutions_join_the_parts():
    assert Lexicon().analyse("blockflotenkurs").atoms == ()
    assert Lexicon(["Blockflöte"]).analyse("blockflotenkurs").atoms == ("blockflot", "kurs")


def test_shortened_compounds_are_completed():
    words = tuple(split_words("Fuß-, Rad- und Autoverkehr; WLAN-/Bluetooth-Zählung"))
    lexicon = Lexicon()
    assert [lexicon.analyse(fold(word)).whole for word in lexicon.completed(words)] == [
        lexicon.analyse(fold(word)).whole
        for word in [
            "Fußverkehr",
            "Radverkehr",
            "und",
            "Autoverkehr",
            "WLAN-Zählung",
            "Bluetooth-Zählung",
        ]
    ]
