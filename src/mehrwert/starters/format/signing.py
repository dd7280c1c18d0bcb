"""Ed25519 over the checksum of a package: who vouches for its content (TRF-204)."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from mehrwert.starters.errors import PackageRefusedError
from mehrwert.starters.format.loading import MANIFEST, check_package, parse_yaml

PREFIX = "ed25519:"
CONTEXT = "mehrwert package 1"
PUBLIC = re.compile(r"ed25519:[0-9a-f]{64}")
SIGNATURE = re.compile(r"^signature:.*\n", re.MULTILINE)


def write_key(path: Path) -> str:
    """Write a new private key that only its owner may read; return the public one.

    Raises:
        PackageRefusedError: There is a file already; a key is never overwritten.
    """
    key = Ed25519PrivateKey.generate()
    text = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    try:
        path.touch(mode=0o600, exist_ok=False)
    except OSError as error:
        raise PackageRefusedError(reasons=f"{path.name}: {error.strerror}.") from error
    path.write_bytes(text)
    return public_of(key)


def public_of(key: Ed25519PrivateKey) -> str:
    """Return the public half as it stands in lists of trust: ``ed25519:`` and 64 hex digits."""
    return PREFIX + key.public_key().public_bytes_raw().hex()


def sign(folder: Path, key_file: Path) -> str:
    """Write the signature of a sealed package into its manifest; return the public key.

    Raises:
        PackageRefusedError: The package is not in order, or the key cannot be read.
    """
    path = folder / MANIFEST
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    bare = SIGNATURE.sub("", text)
    path.write_text(bare, encoding="utf-8")
    if findings := check_package(folder):
        raise PackageRefusedError(reasons=" ".join(one.text() for one in findings[:5]))
    try:
        key = serialization.load_pem_private_key(key_file.read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as error:
        raise PackageRefusedError(reasons=f"{key_file.name}: {error}") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise PackageRefusedError(reasons=f"{key_file.name}: kein Ed25519-Schlüssel.")
    signature = key.sign(_message(parse_yaml(bare.encode()))).hex()
    path.write_text(f"{bare.rstrip()}\nsignature: {PREFIX}{signature}\n", encoding="utf-8")
    return public_of(key)


def signer_of(manifest: Mapping[str, Any], trusted: Mapping[str, str]) -> str:
    """Return the name of the trusted key that signed a package; empty if none did.

    Args:
        manifest: With ``signature`` as ``ed25519:`` and 128 hex digits.
        trusted: Name → public key.
    """
    signature = bytes.fromhex(str(manifest.get("signature", "")).removeprefix(PREFIX))
    for name, public in trusted.items():
        try:
            key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public.removeprefix(PREFIX)))
            key.verify(signature, _message(manifest))
        except (InvalidSignature, ValueError):
            continue
        return name
    return ""


def trusted_keys(lines: Iterable[str]) -> dict[str, str]:
    """Return name → public key of lines ``Name=ed25519:…``.

    Raises:
        ValueError: A line is not of that form.
    """
    found = {}
    for line in lines:
        name, _, public = line.partition("=")
        if not name.strip() or not PUBLIC.fullmatch(public.strip()):
            raise ValueError(f"{line}: Name=ed25519:<64 Hexziffern>")
        found[name.strip()] = public.strip()
    return found


def _message(manifest: Mapping[str, Any]) -> bytes:
    """Return what is signed: the checksum covers every file and the manifest."""
    words = (CONTEXT, manifest["slug"], manifest["version"], manifest["checksum"])
    return "\n".join(map(str, words)).encode("utf-8")
