"""Keys that live beside the database, never in it."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

_made_here: list[Path] = []


def read_or_create_secret(path: Path) -> str:
    """Return the secret in ``path``; create it (256 bit, mode 0600) on first use."""
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return _create(path)


def _create(path: Path) -> str:
    """Write a new secret; of several processes that try at once all get the same one."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(32))
        file.flush()
        os.fsync(file.fileno())
    with suppress(FileExistsError):
        os.link(part, path)
        _made_here.append(path)
    part.unlink()
    return path.read_text(encoding="ascii").strip()


def forget_made_here(folder: Path) -> None:
    """Remove the keys that this very process made in a folder: nobody has used them yet.

    A command that starts in an empty data folder makes one, and could not restore into it.
    """
    for path in [path for path in _made_here if path.parent.resolve() == folder.resolve()]:
        path.unlink(missing_ok=True)
        _made_here.remove(path)


def seal(text: str, folder: Path) -> str:
    """Encrypt a secret for the database with the key file of the data folder."""
    return _fernet(folder).encrypt(text.encode()).decode()


def unseal(sealed: str, folder: Path) -> str:
    """Return a sealed secret.

    Raises:
        ValueError: The key file is another one, as after restoring a database without it.
    """
    try:
        return _fernet(folder).decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise ValueError("sealed with another key file") from error


def _fernet(folder: Path) -> Fernet:
    return Fernet(read_or_create_secret(folder / "seal.key") + "=")
