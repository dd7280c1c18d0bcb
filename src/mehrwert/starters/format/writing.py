"""Writes a package as a ZIP with checksums, from its manifest and the rows of its files."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from mehrwert.starters.choices import ContentKind
from mehrwert.starters.format.checksum import content_digest, package_checksum
from mehrwert.starters.format.loading import DEMO_COLUMNS, MANIFEST
from mehrwert.starters.format.sealing import KIND_OF_FILE

NAME_OF_KIND = {kind.value: name for name, kind in KIND_OF_FILE.items()}


class _PlainDumper(yaml.SafeDumper):
    """YAML without aliases, as the format wants it."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def written_package(
    manifest: Mapping[str, Any],
    items: Mapping[str, Sequence[Mapping[str, Any]]],
    demo: Sequence[Sequence[str]] = (),
) -> bytes:
    """Return the ZIP of a package: one folder of its name.

    Args:
        manifest: All of ``package.yml`` but ``contents`` and ``checksum``.
        items: Kind of content → its rows.
        demo: Rows of the sample data: age, place, thing, series, value.
    """
    files = {NAME_OF_KIND[kind]: _yaml(list(rows)) for kind, rows in items.items()}
    if demo:
        lines = [";".join(cells) for cells in (DEMO_COLUMNS, *demo)]
        files[NAME_OF_KIND[ContentKind.DEMO_DATA]] = ("\n".join(lines) + "\n").encode()
    contents = [
        {
            "path": name,
            "kind": KIND_OF_FILE[name].value,
            "sha256": content_digest(data),
            "bytes": len(data),
        }
        for name, data in files.items()
    ]
    whole = {**manifest, "contents": contents}
    whole["checksum"] = package_checksum(whole)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {MANIFEST: _yaml(whole), **files}.items():
            archive.writestr(f"{manifest['slug']}/{name}", data)
    return out.getvalue()


def _yaml(value: Any) -> bytes:
    return yaml.dump(
        value, Dumper=_PlainDumper, sort_keys=False, allow_unicode=True, width=110
    ).encode()
