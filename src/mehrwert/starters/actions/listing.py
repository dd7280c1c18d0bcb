"""Lets the search of the catalogue find the packages."""

from typing import Any

from mehrwert.catalogue.actions import BundledSolution, import_packaged
from mehrwert.starters.format.model import Package
from mehrwert.starters.library import bundled

ROLE = "Mitgeliefert mit Mehrwert"


def list_in_catalogue() -> int:
    """Write one entry per bundled package; return how many are new or changed."""
    return import_packaged([_entry(package) for package in bundled()])


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
        "note": "Teil von Mehrwert, kein Produkt einer Kommune. Wirkung: bisher nicht gemessen.",
    }
    told = {
        "source": f"package:{package.slug}@{package.version}",
        "verified_on": tested,
        "verified_by_role": ROLE,
    }
    return BundledSolution(
        import_id=package.solution,
        profile=profile,
        provenance={"": told},
        sources=(("", f"Einstiegspaket {package.slug} {package.version}"),),
        adoptions=(),
    )
