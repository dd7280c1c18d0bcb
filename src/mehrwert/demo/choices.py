"""The people of Auental, one per role, and the six steps of the story. All of it is invented."""

from dataclasses import dataclass

from mehrwert.base.marks import mark

# inhabitants of the invented towns around, the same wherever they are spoken of
PEOPLE_OF = {
    "Auental": 8_200,
    "Erlbach": 6_900,
    "Hohenried": 11_400,
    "Lindenau": 8_100,
    "Ostheim": 5_300,
    "Rodewald": 24_200,
    "Seebrück": 5_600,
}


@dataclass(frozen=True, slots=True)
class Character:
    """Somebody whose role a visitor of the demo may take.

    ``page`` is the name of the page this person begins with, of the municipality Auental.
    """

    role: str
    name: str
    task: str
    page: str

    @property
    def email(self) -> str:
        """Return the address; the domain is reserved for examples."""
        return f"{self.role}@auental.example"

    @property
    def display_name(self) -> str:
        """Return the name as every page shows it."""
        return f"{self.name} (Demo)"


HOME, STATIONS, SETUP = "municipalities:home", "observations:thing_list", "municipalities:setup"
PROJECTS, ROUNDS = "portfolio:list", "alerts:task_list"
PHONE = "geodata:desk"
CHARACTERS = (
    Character("viewer", "Helene Brandt", mark("Bürgermeisterin"), PROJECTS),
    Character("editor", "Jonas Feld", mark("Umweltamt"), STATIONS),
    Character("lead", "Mira Sommer", mark("Vorhabenleitung"), HOME),
    Character("treasurer", "Kemal Aydin", mark("Kämmerei"), PROJECTS),
    Character("desk", "Petra Lang", mark("Telefonzentrale"), PHONE),
    Character("field", "Tom Wiese", mark("Bauhof"), ROUNDS),
    Character("guide", "Sabine Krüger", mark("Regionallotsin"), HOME),
    Character("admin", "Alex Winter", mark("Administration"), SETUP),
)
BY_ROLE = {character.role: character for character in CHARACTERS}


@dataclass(frozen=True, slots=True)
class StoryStep:
    """One step of the story of the thirsty trees.

    ``role`` is the person who does it, ``does`` the words of the button.
    """

    key: str
    title: str
    text: str
    role: str
    does: str


STORY = (
    StoryStep(
        "find",
        mark("Finden"),
        mark(
            "Das Umweltamt sucht nach durstigen Bäumen, findet ein fertiges Paket, probiert es mit"
            " Beispieldaten aus und legt einen Entwurf an."
        ),
        "editor",
        mark("Entwurf anlegen"),
    ),
    StoryStep(
        "adopt",
        mark("Übernehmen"),
        mark(
            "Ein Klick legt Messstellen, Regeln, Aufgaben und Kennzahl an. Der Bauhof trägt nach,"
            " wie viel er in den letzten zwei Jahren gegossen hat; drei Nachbarorte ohne Sonden tun"
            " das auch. Dann wird der Plan der Bewertung festgeschrieben: Was als Erfolg gilt,"
            " steht vor dem Betrieb fest."
        ),
        "lead",
        mark("Lizenzen annehmen, Paket starten, Plan festschreiben"),
    ),
    StoryStep(
        "flow",
        mark("Daten fließen, eine Meldung kommt"),
        mark(
            "Die Sonden senden. Unter einem Baum wird der Boden trocken; nach sechs Stunden meldet"
            " sich die Regel."
        ),
        "editor",
        mark("Sonden senden lassen"),
    ),
    StoryStep(
        "judge",
        mark("Zwölf Monate später: Hat es gewirkt?"),
        mark(
            "Die Zeit springt. Der Bauhof hat sein Gießwasser ein Jahr lang weiter aufgeschrieben."
            " Die Bewertung rechnet nach dem festgeschriebenen Plan."
        ),
        "editor",
        mark("Ein Jahr vergehen lassen und rechnen"),
    ),
    StoryStep(
        "print",
        mark("Die Ratsvorlage"),
        mark(
            "Das Ergebnis wird gemeldet, beide Rollen schauen zurück, und die Vorlage für den"
            " Stadtrat entsteht aus dem, was gemessen ist."
        ),
        "lead",
        mark("Ergebnis melden und Vorlage freigeben"),
    ),
    StoryStep(
        "tell",
        mark("Der Befund steht für alle bereit"),
        mark(
            "Der Rat beschließt. Der Befund wird freigegeben, auch wenn er klein oder offen ist:"
            " Die nächste Kommune fängt nicht bei null an."
        ),
        "lead",
        mark("Beschluss festhalten und Befund freigeben"),
    ),
)
STORY_KEYS = tuple(step.key for step in STORY)
