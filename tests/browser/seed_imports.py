"""Hands tables in through the pages themselves, as a clerk does, and leaves one at every step.

All tables are invented.
"""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.utils import setup_test_environment

from mehrwert.base.worker import claim_job, run_job

AIR = "Zeit;Luft Bauhof (°C);Feuchte Bauhof (%)\n"
WRONG = "23.06.2026 25:00;17,0;60\n24.06.2026 00:15;warm;61\n"
NIGHT = ("01:45", "02:00", "02:15", "02:30", "02:45", "02:00", "02:15", "02:30", "02:45", "03:00")


def seed_imports(session: str) -> dict[str, str]:
    """Leave a draft, two checked tables (one asks for the hour) and a stored one; return ids."""
    setup_test_environment()
    clerk = Clerk(session)
    june = AIR + "".join(f"{d:02}.06.2026 12:00;{d},5;{40 + d}\n" for d in range(1, 24))
    autumn = AIR + "".join(f"25.10.2026 {at};{n},5;80\n" for n, at in enumerate(NIGHT))
    ids = {"import_draft": clerk.hand_in("juni.csv", june)}
    ids["import_stored"] = clerk.hand_in("wetter.csv", june + WRONG)
    clerk.describe(ids["import_stored"])
    clerk.post(f"{ids['import_stored']}/uebernehmen/")
    while (job := claim_job("seed")) is not None:
        run_job(job)
    ids["import_checked"] = clerk.hand_in("juli.csv", june.replace(".06.", ".07.") + WRONG)
    clerk.describe(ids["import_checked"])
    ids["import_hour"] = clerk.hand_in("herbst.csv", autumn)
    clerk.describe(ids["import_hour"])
    return ids


class Clerk:
    """Somebody who hands tables in."""

    def __init__(self, session: str) -> None:
        self.client = Client(headers={"host": "127.0.0.1"})
        self.client.cookies["sessionid"] = session

    def post(self, rest: str = "", data: dict[str, object] | None = None) -> str:
        """Send a form of the import pages; return the address it leads to."""
        answer = self.client.post(f"/auental/daten/einlesen/{rest}", data or {})
        assert answer.status_code == 302, (rest, answer.status_code)
        return str(answer["Location"])

    def hand_in(self, name: str, text: str) -> str:
        """Upload a table; return the number of the import."""
        return self.post(data={"file": SimpleUploadedFile(name, text.encode())}).split("/")[-3]

    def describe(self, number: str) -> None:
        """Take the columns as they are proposed."""
        form = self.client.get(f"/auental/daten/einlesen/{number}/spalten/").context["form"]
        values = {name: form[name].value() for name in form.fields if name != "own_units"}
        self.post(
            f"{number}/spalten/", {n: str(v) for n, v in values.items() if v not in (None, "")}
        )
