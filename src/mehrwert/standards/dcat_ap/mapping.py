"""The catalogue as DCAT-AP.de 3.0, which also meets 2.0 with its conventions.

Single solutions are not datasets; they are rows of the four datasets.
Source: DCAT-AP.de 3.0 and 2.0, conventions K01, K12/13, K30, K31, K32, K36.
"""

from dataclasses import dataclass
from datetime import date

from . import vocabulary as v
from .choices import DATASETS, FORMATS, Dataset
from .queries import Dump, DumpFile
from .rdf import Graph, Iri, Node, Text, iri

TITLE = "Katalog digitaler Lösungen für Kommunen"
TITLE_EN = "Catalogue of digital solutions for municipalities"
DESCRIPTION = (
    "Was Kommunen digital umgesetzt haben, wer es nutzt, was es bringt und was es kostet."
    " Jede Angabe nennt ihre Quelle und ihr Datum."
)
NOT_FOR_GOVDATA = " Nicht für GovData: Es ist keine Kennung als Datenlieferant gesetzt."


@dataclass(frozen=True)
class Publisher:
    """Who answers for this installation, as the operator set it.

    Args:
        base: Public address without a slash at the end.
        name: Name of the publisher.
        contact: ``mailto:`` address or web page.
        contributor: Address below ``http://dcat-ap.de/def/contributors/``, "" for none.
    """

    base: str
    name: str
    contact: str
    contributor: str = ""

    def at(self, path: str) -> str:
        """Return the address of a thing of this catalogue."""
        return f"{self.base}/dcat/{path}"


def german(text: str) -> Text:
    """Return a German text."""
    return Text(text, "de")


def day(value: date) -> Text:
    """Return a date."""
    return Text(value.isoformat(), datatype="xsd:date")


def build_catalogue(publisher: Publisher, dump: Dump | None, issued: date) -> Graph:
    """Return catalogue, four datasets, their files and the service as one graph.

    Args:
        publisher: Who publishes.
        dump: The last dump; without one the datasets have no files yet.
        issued: Day since when the catalogue is there.
    """
    graph = Graph()
    changed = dump.made_at.date() if dump else issued
    add_code_lists(graph)
    owner = add_publisher(graph, publisher)
    datasets = [_add_dataset(graph, publisher, d, dump, issued) for d in DATASETS]
    service = _add_service(graph, publisher, owner, datasets)
    note = "" if publisher.contributor else NOT_FOR_GOVDATA
    graph.add(
        publisher.at("catalog"),
        "dcat:Catalog",
        [
            ("dcterms:title", german(TITLE)),
            ("dcterms:title", Text(TITLE_EN, "en")),
            ("dcterms:description", german(DESCRIPTION + note)),
            ("dcterms:publisher", owner),
            ("dcterms:language", Iri(v.GERMAN)),
            ("dcterms:license", Iri(v.CC_ZERO)),
            ("dcterms:issued", day(issued)),
            ("dcterms:modified", day(changed)),
            ("dcterms:spatial", Iri(v.GERMANY)),
            ("dcat:themeTaxonomy", Iri(v.THEMES)),
            ("foaf:homepage", graph.add(f"{publisher.base}/", "foaf:Document", [])),
            *[("dcat:dataset", d) for d in datasets],
            ("dcat:service", service),
        ],
    )
    return graph


def add_publisher(graph: Graph, publisher: Publisher) -> Iri:
    """Add the publisher and the contact point; return the publisher."""
    graph.add(
        publisher.at("contact"),
        "vcard:Organization",
        [
            ("rdf:type", iri("vcard:Kind")),
            ("vcard:fn", Text(publisher.name)),
            (
                "vcard:hasEmail" if publisher.contact.startswith("mailto:") else "vcard:hasURL",
                Iri(publisher.contact),
            ),
        ],
    )
    return graph.add(
        publisher.at("publisher"), "foaf:Agent", [("foaf:name", german(publisher.name))]
    )


def add_code_lists(graph: Graph) -> None:
    """Say of the addresses of code lists what they are, so that readers need not fetch them."""
    graph.add(v.THEMES, "skos:ConceptScheme", [("dcterms:title", Text("Data theme", "en"))])
    used = sorted({theme for d in DATASETS for theme in d.themes})
    for theme in used:
        graph.add(
            f"{v.THEMES}/{theme}",
            "skos:Concept",
            [
                ("skos:prefLabel", german(v.THEME_LABELS[theme])),
                ("skos:inScheme", Iri(v.THEMES)),
            ],
        )
    graph.add(v.GERMAN, "dcterms:LinguisticSystem", [])
    graph.add(v.GERMANY, "dcterms:Location", [])
    for licence, title in v.LICENCE_TITLES.items():
        graph.add(licence, "dcterms:LicenseDocument", [("dcterms:title", german(title))])


def _add_dataset(
    graph: Graph, publisher: Publisher, dataset: Dataset, dump: Dump | None, issued: date
) -> Iri:
    files = [
        _add_distribution(graph, publisher, dataset, file, dump.made_at.date())
        for ending in FORMATS
        if dump is not None and (file := dump.file(f"{dataset.name}.{ending}")) is not None
    ]
    contributor = Iri(publisher.contributor) if publisher.contributor else None
    address = publisher.at(f"dataset/{dataset.name}")
    return graph.add(
        address,
        "dcat:Dataset",
        [
            ("dcterms:identifier", Text(address)),
            ("dcterms:title", german(dataset.title)),
            ("dcterms:description", german(dataset.description)),
            ("dcterms:publisher", Iri(publisher.at("publisher"))),
            ("dcat:contactPoint", Iri(publisher.at("contact"))),
            ("dcatde:contributorID", contributor),
            *[("dcat:theme", Iri(f"{v.THEMES}/{t}")) for t in dataset.themes],
            *[("dcat:keyword", german(k)) for k in dataset.keywords],
            ("dcatde:politicalGeocodingLevelURI", Iri(v.FEDERAL)),
            *[("dcatde:politicalGeocodingURI", Iri(land)) for land in v.LAENDER],
            ("dcterms:language", Iri(v.GERMAN)),
            ("dcterms:spatial", Iri(v.GERMANY)),
            ("dcterms:issued", day(issued)),
            ("dcterms:modified", day(dump.made_at.date() if dump else issued)),
            ("dcat:landingPage", graph.add(f"{publisher.base}/loesungen/", "foaf:Document", [])),
            *[("dcat:distribution", file) for file in files],
        ],
    )


def _add_distribution(
    graph: Graph, publisher: Publisher, dataset: Dataset, file: DumpFile, made_on: date
) -> Iri:
    file_type, media_type, title = FORMATS[file.name.rpartition(".")[2]]
    address = publisher.at(f"daten/{file.name}")
    checksum = graph.add(
        f"{address}#sha256",
        "spdx:Checksum",
        [
            ("spdx:algorithm", Iri(v.SHA256)),
            ("spdx:checksumValue", Text(file.sha256, datatype="xsd:hexBinary")),
        ],
    )
    kind = graph.add(f"{v.FILE_TYPES}/{file_type}", "dcterms:MediaTypeOrExtent", [])
    media = graph.add(f"{v.MEDIA_TYPES}/{media_type}", "dcterms:MediaType", [])
    attribution: Node | None = german(dataset.attribution) if dataset.attribution else None
    return graph.add(
        f"{address}#distribution",
        "dcat:Distribution",
        [
            ("dcterms:title", german(f"{dataset.title}: {title}")),
            ("dcat:accessURL", graph.add(address, "rdfs:Resource", [])),
            ("dcat:downloadURL", Iri(address)),
            ("dcterms:license", Iri(dataset.licence)),
            ("dcatde:licenseAttributionByText", attribution),
            ("dcterms:format", kind),
            ("dcat:mediaType", media),
            ("dcterms:modified", day(made_on)),
            ("spdx:checksum", checksum),
        ],
    )


def _add_service(graph: Graph, publisher: Publisher, owner: Iri, datasets: list[Iri]) -> Iri:
    endpoint = f"{publisher.base}/api/v1/solutions"
    return graph.add(
        publisher.at("service"),
        "dcat:DataService",
        [
            ("dcterms:title", german("Schnittstelle des Katalogs")),
            ("dcterms:description", german("Lösungen suchen und lesen, als JSON.")),
            ("dcat:endpointURL", graph.add(endpoint, "rdfs:Resource", [])),
            ("dcterms:publisher", owner),
            ("dcat:contactPoint", Iri(publisher.at("contact"))),
            ("dcterms:license", Iri(v.CC_ZERO)),
            ("dcat:servesDataset", datasets[0]),
        ],
    )
