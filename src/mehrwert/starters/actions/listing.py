"""Lets the search of the catalogue find the packages."""

from typing import Any

from mehrwert.catalogue.actions import PACKAGED, BundledSolution, import_packaged
from mehrwert.starters.format.model import Package
from mehrwert.starters.library import bundled, shipped

ROLE = "Mitgeliefert mit Mehrwert"
NOTE = "Teil von Mehrwert, kein Produkt einer Kommune. Wirkung: bisher nicht gemessen."
NOTE_OF_ADDED = "Paket aus dem Betrieb einer Kommune. Wirkung: bisher nicht gemessen."


def list_in_catalogue() -> int:
    """Write one entry per package; return how many are new or changed.

    A package that was added and belongs to another solution leaves the catalogue as it is.
    """
    own = [package for package in bundled() if package.solution.startswith(PACKAGED)]
    known = {package.solution for package in shipped()}
    wanted = [one for one in own if one in shipped() or one.solution not in known]
    return import_packaged([_entry(package) for package in wanted])


def _entry(package: Package) -> BundledSolution:
    """Return what is known of a package. Nothing is said of effects: nobody has measured any."""
    tested = package.manifest["tested_on"][-1]["date"]
    profile: dict[str, Any] = {
        "name": f"{package.title} (Einstiegspaket)",
        "short_description": package.manifest["tagline"],
        "description": package.manifest["summary"],
        "problem": package.manifest["problem"],
        "solution_type": "procedure",
        "fields_of_action": [package.manifest["field"]],
        "stage": "P2",
        "status": "idea",
        "technologies": list(package.manifest.get("technologies", ())),
        "note": NOTE if package in shipped() else NOTE_OF_ADDED,
    }
    told = {
        "source": f"package:{package.slug}@{package.version}",
        "verified_on": tested,
        "verified_by_role": ROLE if package in shipped() else package.manifest["publisher"],
    }
    return BundledSolution(
        import_id=package.solution,
        profile=profile,
        provenance={"": told},
        sources=(("", f"Einstiegspaket {package.slug} {package.version}"),),
        adoptions=(),
    )
