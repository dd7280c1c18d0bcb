"""Opens a template that somebody uploads: what it may weigh, what it may hold."""

import io
import re
import zipfile
from collections.abc import Iterable
from xml.etree import ElementTree as ET

from mehrwert.documents.errors import TemplateError

MOST_BYTES = 5_000_000
MOST_UNPACKED = 25_000_000
MOST_MEMBERS = 500
PICTURES = ("png", "jpg", "jpeg", "gif", "svg", "emf", "wmf", "bmp", "tif", "tiff")
_DOCTYPE = re.compile(r"<!(DOCTYPE|ENTITY)", re.IGNORECASE)


class Package:
    """The members of a ZIP, read with limits."""

    def __init__(self, content: bytes) -> None:
        """Open the package.

        Raises:
            TemplateError: It is no ZIP, or too large, or locked.
        """
        if len(content) > MOST_BYTES:
            raise TemplateError("too_large", limit=f"{MOST_BYTES // 1_000_000} MB")
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content))
            members = self._archive.infolist()
        except (zipfile.BadZipFile, ValueError, OSError) as error:
            raise TemplateError("no_package") from error
        too_much = sum(one.file_size for one in members) > MOST_UNPACKED
        if too_much or len(members) > MOST_MEMBERS:
            raise TemplateError("too_large", limit=f"{MOST_UNPACKED // 1_000_000} MB")
        if any(one.flag_bits & 1 for one in members):
            raise TemplateError("locked")
        self.names = frozenset(one.filename for one in members)

    def read(self, name: str) -> bytes:
        """Return a member.

        Raises:
            TemplateError: It is missing or broken.
        """
        if name not in self.names:
            raise TemplateError("part_missing", part=name)
        try:
            return self._archive.read(name)
        except (zipfile.BadZipFile, OSError, NotImplementedError, EOFError) as error:
            raise TemplateError("no_package") from error

    def xml(self, name: str) -> tuple[str, ET.Element]:
        """Return a member as text and as tree; nothing is ever fetched or expanded.

        Raises:
            TemplateError: It is missing, or no XML as we accept it.
        """
        try:
            text = self.read(name).decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise TemplateError("not_xml", part=name) from error
        if _DOCTYPE.search(text):
            raise TemplateError("not_xml", part=name)
        try:
            return text, ET.fromstring(text)  # noqa: S314 - no document type, see above
        except ET.ParseError as error:
            raise TemplateError("not_xml", part=name) from error

    def picture(self, name: str) -> bytes:
        """Return a picture.

        Raises:
            TemplateError: It is of a kind that papers do not hold, or missing.
        """
        if name.rpartition(".")[2].lower() not in PICTURES:
            raise TemplateError("picture", part=name)
        return self.read(name)


def has_prefixes(text: str, prefixes: Iterable[str]) -> bool:
    """Say whether an XML text binds all these prefixes at its root."""
    root = text[: text.find(">", text.find("<", text.find("?>") + 1))]
    return all(f"xmlns:{prefix}=" in root for prefix in prefixes)
