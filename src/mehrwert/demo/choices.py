"""The people of Auental, one per role. All of them are invented."""

from dataclasses import dataclass

from mehrwert.base.marks import mark


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
CHARACTERS = (
    Character("viewer", "Helene Brandt", mark("Bürgermeisterin"), HOME),
    Character("editor", "Jonas Feld", mark("Umweltamt"), STATIONS),
    Character("lead", "Mira Sommer", mark("Vorhabenleitung"), HOME),
    Character("treasurer", "Kemal Aydin", mark("Kämmerei"), HOME),
    Character("desk", "Petra Lang", mark("Telefonzentrale"), HOME),
    Character("field", "Tom Wiese", mark("Bauhof"), STATIONS),
    Character("guide", "Sabine Krüger", mark("Regionallotsin"), HOME),
    Character("admin", "Alex Winter", mark("Administration"), SETUP),
)
BY_ROLE = {character.role: character for character in CHARACTERS}
