"""What DCAT-AP.de and ADMS-AP demand, as SHACL; written from the specifications.

DCAT-AP.de 3.0 and 2.0 with conventions K01, K12/13, K31, K32, K36; ADMS-AP 2.01, class Asset.
"""

PREFIXES = """
@prefix adms: <http://www.w3.org/ns/adms#> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcatde: <http://dcat-ap.de/def/dcatde/> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix ex: <urn:shape:> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix spdx: <http://spdx.org/rdf/terms#> .
@prefix vcard: <http://www.w3.org/2006/vcard/ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

DCAT_AP_DE = (
    PREFIXES
    + """
ex:Catalog a sh:NodeShape ; sh:targetClass dcat:Catalog ;
  sh:property [ sh:path dct:title ; sh:minCount 1 ; sh:nodeKind sh:Literal ] ;
  sh:property [ sh:path dct:description ; sh:minCount 1 ; sh:nodeKind sh:Literal ] ;
  sh:property [ sh:path dct:publisher ; sh:minCount 1 ; sh:maxCount 1 ; sh:class foaf:Agent ] ;
  sh:property [ sh:path dcat:dataset ; sh:minCount 1 ; sh:class dcat:Dataset ] ;
  sh:property [ sh:path dcat:service ; sh:class dcat:DataService ] ;
  sh:property [ sh:path dcat:themeTaxonomy ; sh:class skos:ConceptScheme ] ;
  sh:property [ sh:path dct:spatial ; sh:class dct:Location ] ;
  sh:property [ sh:path dct:license ; sh:maxCount 1 ; sh:class dct:LicenseDocument ] ;
  sh:property [ sh:path dct:issued ; sh:maxCount 1 ; sh:datatype xsd:date ] ;
  sh:property [ sh:path dct:modified ; sh:maxCount 1 ; sh:datatype xsd:date ] ;
  sh:property [ sh:path foaf:homepage ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] .

ex:Dataset a sh:NodeShape ; sh:targetClass dcat:Dataset ;
  sh:property [ sh:path dct:title ; sh:minCount 1 ; sh:nodeKind sh:Literal ] ;
  sh:property [ sh:path dct:description ; sh:minCount 1 ; sh:nodeKind sh:Literal ] ;
  sh:property [ sh:path dct:publisher ; sh:minCount 1 ; sh:maxCount 1 ; sh:class foaf:Agent ] ;
  sh:property [ sh:path dct:identifier ; sh:minCount 1 ] ;
  sh:property [ sh:path dcat:contactPoint ; sh:minCount 1 ; sh:class vcard:Kind ] ;
  sh:property [ sh:path dcat:keyword ; sh:minCount 1 ; sh:nodeKind sh:Literal ] ;
  sh:property [ sh:path dcat:theme ; sh:minCount 1 ; sh:class skos:Concept ;
    sh:pattern "^http://publications\\\\.europa\\\\.eu/resource/authority/data-theme/[A-Z]{4}$" ] ;
  sh:property [ sh:path dcatde:politicalGeocodingLevelURI ; sh:minCount 1 ;
    sh:pattern "^http://dcat-ap\\\\.de/def/politicalGeocoding/Level/" ] ;
  sh:property [ sh:path dcatde:politicalGeocodingURI ; sh:minCount 1 ; sh:nodeKind sh:IRI ;
    sh:pattern "^http://dcat-ap\\\\.de/def/politicalGeocoding/[a-zA-Z]+Key/[0-9]+$" ] ;
  sh:property [ sh:path dct:issued ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:date ] ;
  sh:property [ sh:path dct:modified ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:date ] ;
  sh:property [ sh:path dcat:landingPage ; sh:minCount 1 ; sh:nodeKind sh:IRI ] ;
  sh:property [ sh:path dcat:distribution ; sh:class dcat:Distribution ] .

ex:Contact a sh:NodeShape ; sh:targetObjectsOf dcat:contactPoint ;
  sh:or ( [ sh:path vcard:hasURL ; sh:minCount 1 ] [ sh:path vcard:hasEmail ; sh:minCount 1 ] ) .

ex:Distribution a sh:NodeShape ; sh:targetClass dcat:Distribution ;
  sh:property [ sh:path dct:title ; sh:minCount 1 ; sh:nodeKind sh:Literal ] ;
  sh:property [ sh:path dcat:accessURL ; sh:minCount 1 ; sh:nodeKind sh:IRI ] ;
  sh:property [ sh:path dct:license ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ;
    sh:pattern "^http://dcat-ap\\\\.de/def/licenses/" ] ;
  sh:property [ sh:path dct:format ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ;
    sh:pattern "^http://publications\\\\.europa\\\\.eu/resource/authority/file-type/" ] ;
  sh:property [ sh:path spdx:checksum ; sh:minCount 1 ; sh:maxCount 1 ; sh:class spdx:Checksum ] .

ex:Checksum a sh:NodeShape ; sh:targetClass spdx:Checksum ;
  sh:property [ sh:path spdx:algorithm ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] ;
  sh:property [ sh:path spdx:checksumValue ; sh:minCount 1 ; sh:maxCount 1 ;
    sh:datatype xsd:hexBinary ] .

ex:Service a sh:NodeShape ; sh:targetClass dcat:DataService ;
  sh:property [ sh:path dct:title ; sh:minCount 1 ; sh:nodeKind sh:Literal ] ;
  sh:property [ sh:path dct:publisher ; sh:minCount 1 ; sh:class foaf:Agent ] ;
  sh:property [ sh:path dcat:endpointURL ; sh:minCount 1 ; sh:nodeKind sh:IRI ] .

ex:Agent a sh:NodeShape ; sh:targetClass foaf:Agent ;
  sh:property [ sh:path foaf:name ; sh:minCount 1 ; sh:nodeKind sh:Literal ] .
"""
)

CONTRIBUTOR = (
    PREFIXES
    + """
ex:Contributor a sh:NodeShape ; sh:targetClass dcat:Dataset ;
  sh:property [ sh:path dcatde:contributorID ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ;
    sh:pattern "^http://dcat-ap\\\\.de/def/contributors/" ] .
"""
)

# what CPSV-AP 3.2.0 demands of the two classes that are written, in our words
CPSV_AP = (
    PREFIXES
    + """
@prefix cpsv: <http://purl.org/vocab/cpsv#> .
@prefix cv: <http://data.europa.eu/m8g/> .
@prefix area: <http://data.europa.eu/88u/dataset/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
ex:PublicService a sh:NodeShape ; sh:targetClass cpsv:PublicService ;
  sh:property [ sh:path dct:identifier ; sh:minCount 1 ; sh:maxCount 1 ] ;
  sh:property [ sh:path dct:title ; sh:minCount 1 ; sh:datatype rdf:langString ] ;
  sh:property [ sh:path dct:description ; sh:minCount 1 ; sh:datatype rdf:langString ] ;
  sh:property [ sh:path dct:language ; sh:class dct:LinguisticSystem ] ;
  sh:property [ sh:path cv:hasCompetentAuthority ; sh:minCount 1 ;
    sh:class cv:PublicOrganisation ] .
ex:PublicOrganisation a sh:NodeShape ; sh:targetClass cv:PublicOrganisation ;
  sh:property [ sh:path skos:prefLabel ; sh:minCount 1 ; sh:datatype rdf:langString ] ;
  sh:property [ sh:path dct:spatial ; sh:minCount 1 ; sh:class area:atu-type ] .
"""
)

ADMS_AP = (
    PREFIXES
    + """
ex:Asset a sh:NodeShape ; sh:targetClass adms:Asset ;
  sh:property [ sh:path dct:title ; sh:minCount 1 ; sh:nodeKind sh:Literal ] ;
  sh:property [ sh:path dct:description ; sh:minCount 1 ; sh:nodeKind sh:Literal ] ;
  sh:property [ sh:path dct:publisher ; sh:minCount 1 ; sh:class foaf:Agent ] ;
  sh:property [ sh:path dcat:contactPoint ; sh:minCount 1 ; sh:class vcard:Kind ] ;
  sh:property [ sh:path dct:type ; sh:minCount 1 ; sh:class skos:Concept ;
    sh:pattern "^http://data\\\\.europa\\\\.eu/dr8/" ] ;
  sh:property [ sh:path adms:status ; sh:maxCount 1 ; sh:class skos:Concept ;
    sh:pattern "^http://purl\\\\.org/adms/status/" ] ;
  sh:property [ sh:path dct:license ; sh:maxCount 1 ; sh:class dct:LicenseDocument ] .
"""
)
