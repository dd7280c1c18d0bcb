"""A sheet of text as an OpenDocument file, with nothing but the standard library."""

from collections.abc import Sequence
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

ODS = "application/vnd.oasis.opendocument.spreadsheet"
LONG_AGO = (1980, 1, 1, 0, 0, 0)
NAMES = "urn:oasis:names:tc:opendocument:xmlns"
MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest'
    f' xmlns:manifest="{NAMES}:manifest:1.0" manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)


def ods_sheet(name: str, rows: Sequence[Sequence[str]]) -> bytes:
    """Return a file with one sheet of text cells; equal input gives equal bytes.

    Source: OpenDocument 1.3, parts 2 and 3.
    """
    lines = "".join(
        f"<table:table-row>{''.join(_cell(value) for value in row)}</table:table-row>"
        for row in rows
    )
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content'
        f' xmlns:office="{NAMES}:office:1.0" xmlns:table="{NAMES}:table:1.0"'
        f' xmlns:text="{NAMES}:text:1.0" office:version="1.3"><office:body><office:spreadsheet>'
        f"<table:table table:name={quoteattr(name)}>{lines}</table:table>"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    file = BytesIO()
    with ZipFile(file, "w") as packed:
        packed.writestr(ZipInfo("mimetype", LONG_AGO), ODS, ZIP_STORED)
        packed.writestr(ZipInfo("META-INF/manifest.xml", LONG_AGO), MANIFEST, ZIP_DEFLATED)
        packed.writestr(ZipInfo("content.xml", LONG_AGO), content, ZIP_DEFLATED)
    return file.getvalue()


def _cell(value: str) -> str:
    paragraphs = "".join(f"<text:p>{escape(line)}</text:p>" for line in value.split("\n"))
    return f'<table:table-cell office:value-type="string">{paragraphs}</table:table-cell>'
