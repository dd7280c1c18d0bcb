"""Fetches the publiccode.yml of a repository, if the operator allows its host (CAT-707)."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from mehrwert.base.outgoing_http import Question, fetch

from .choices import MOST_BYTES
from .errors import NoFileThereError

FILE: Final = "publiccode.yml"
FOUND: Final = 200
GITHUB: Final = "github.com"
GITHUB_RAW: Final = "raw.githubusercontent.com"


@dataclass(frozen=True)
class Fetched:
    """A file and the address it came from."""

    data: bytes
    url: str


def addresses_of(address: str) -> list[str]:
    """Return where the file of a repository may lie; an address of a file is taken as it is.

    GitHub keeps raw files on another host; GitLab (openCode among them) and Forgejo have two forms.
    """
    plain = address.strip().split("#")[0].rstrip("/")
    if plain.lower().endswith((".yml", ".yaml")):
        return [plain]
    plain = plain.removesuffix(".git")
    parts = urlsplit(plain)
    if (parts.hostname or "") == GITHUB:
        return [f"https://{GITHUB_RAW}{parts.path}/HEAD/{FILE}"]
    return [f"{plain}/-/raw/HEAD/{FILE}", f"{plain}/raw/HEAD/{FILE}"]


def repository_of(address: str) -> str:
    """Return the address of the repository, empty where only a file is named."""
    plain = address.strip().rstrip("/")
    return "" if plain.lower().endswith((".yml", ".yaml")) else plain


def fetch_file(address: str) -> Fetched:
    """Fetch the file of a repository, or the file at an address; at most 1 MB.

    Raises:
        HostNotAllowedError, HostUnknownError, PrivateAddressError: The host must not be asked.
        ForeignServerError: No usable answer.
        NoFileThereError: The server answers, but has no such file.
    """
    for url in addresses_of(address):
        answer = fetch(Question(url, most_bytes=MOST_BYTES))
        if answer.status == FOUND:
            return Fetched(answer.body, url)
    raise NoFileThereError(url=address[:200])
