"""What the architecture tests share: files, rooms and syntax trees of the house."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "mehrwert"
NESTED = {"standards", "connectors"}
SHIPPED_DOORS = {"views", "api", "admin", "urls", "handlers", "jobs", "commands"}


@cache
def python_files() -> tuple[Path, ...]:
    """Return every shipped Python file: no tests, no migrations."""
    return tuple(
        p
        for p in sorted(SOURCE.rglob("*.py"))
        if not {"tests", "migrations", "vendor"} & set(p.relative_to(SOURCE).parts)
    )


@cache
def tree_of(path: Path) -> ast.Module:
    """Return the syntax tree of one file."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def room_of(module: str) -> str:
    """Return the room of a dotted module name: ``observations``, ``standards.sensorthings``."""
    parts = module.split(".")[1:]
    if not parts:
        return ""
    return ".".join(parts[:2]) if parts[0] in NESTED else parts[0]


def rooms() -> list[Path]:
    """Return the folder of every room."""
    found: list[Path] = []
    for folder in sorted(p for p in SOURCE.iterdir() if (p / "__init__.py").exists()):
        if folder.name in NESTED:
            found += sorted(p for p in folder.iterdir() if (p / "__init__.py").exists())
        else:
            found.append(folder)
    return found


def is_door(path: Path) -> bool:
    """Say whether a file is a door: a furniture file or folder of that name."""
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return bool(SHIPPED_DOORS & set(parts))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield every function of a file."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def short(path: Path) -> str:
    """Return a path for messages."""
    return str(path.relative_to(ROOT))
