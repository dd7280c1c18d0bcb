"""Finds persons named in texts that become public: a learning needs no name (EVI-33)."""

import re

# after these a name follows, unless it is an office
_ADDRESSED = r"(?:Herrn?|Frau|Hr\.|Fr\.|Dr\.|Prof\.)"
_OFFICE = (
    r"(?:Ober|Erste[rn]?\s+)?(?:[Bb]ürgermeister|Amtsleiter|Landrat|Landrät|Präsident|Dezernent|"
    r"Kämmer|Vorsitzende|Beigeordnete|Minister)\w*"
)
# frequent first names; none of them is also a common word at the head of a German noun phrase
FIRST_NAMES = (
    "Alexander", "Andrea", "Andreas", "Angelika", "Anja", "Anke", "Anna", "Annette", "Barbara",
    "Bernd", "Birgit", "Brigitte", "Christian", "Christiane", "Christina", "Christoph", "Claudia",
    "Cornelia", "Daniel", "Daniela", "Dieter", "Dirk", "Elena", "Elisabeth", "Emma", "Erika", "Eva",
    "Felix", "Florian", "Franziska", "Gabriele", "Gerhard", "Günter", "Hans", "Heike", "Heinz",
    "Helga", "Helmut", "Herbert", "Horst", "Ingrid", "Jan", "Jana", "Jens", "Johannes", "Julia",
    "Jürgen", "Karin", "Karl", "Karla", "Katharina", "Kathrin", "Katja", "Klaus", "Kerstin", "Lars",
    "Laura", "Lena", "Lukas", "Manfred", "Manuela", "Maria", "Marie", "Markus", "Martin", "Martina",
    "Matthias", "Mehmet", "Michael", "Monika", "Nadine", "Nicole", "Niklas", "Olaf", "Oliver",
    "Patrick", "Paul", "Petra", "Peter", "Philipp", "Rainer", "Ralf", "Renate", "Robert", "Sabine",
    "Sandra", "Sebastian", "Silke", "Simone", "Stefan", "Stefanie", "Stephan", "Susanne", "Sven",
    "Tanja", "Thomas", "Thorsten", "Tobias", "Ulrich", "Ulrike", "Ursula", "Ute", "Uwe", "Volker",
    "Werner", "Wolfgang",
)  # fmt: skip
_NAME = r"[A-ZÄÖÜ][a-zäöüß]+(?:-[A-ZÄÖÜ][a-zäöüß]+)?"
_FOUND = re.compile(
    rf"\b{_ADDRESSED}\s+(?!{_OFFICE}\b)(?:(?:Dr|Prof)\.\s+)*{_NAME}"
    rf"|\b(?:{'|'.join(FIRST_NAMES)})\s+{_NAME}\b"
    r"|[\w.+-]+@[\w-]+\.[\w.]+\w"
    r"|(?<![\d.,])(?:\+49|0)[\d /()-]{7,}\d"
)


def persons_in(text: str) -> list[str]:
    """Return what in a text looks like a person, an e-mail address or a telephone number.

    A dictionary of frequent first names and patterns; it misses names, so a person releases.
    """
    return [match.group(0) for match in _FOUND.finditer(text)]
