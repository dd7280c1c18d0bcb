"""What the architecture tests share: files, rooms and outlines of the house."""

import ast
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Function:
    """How large one function is: lines, and parameters that may be given by position."""

    name: str
    line: int
    lines: int
    positional: int


@dataclass(frozen=True)
class Outline:
    """What the tests ask of one file; its syntax tree is let go (all together take 300 MB)."""

    functions: tuple[Function, ...]
    managers: tuple[int, ...]  # lines that name a manager of Django: ``.objects``
    blind: tuple[int, ...]  # lines of handlers that catch everything


@cache
def outline_of(path: Path) -> Outline:
    """Read one file, once for all tests."""
    functions, managers, blind = [], [], []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), str(path))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            functions.append(Function(node.name, node.lineno, lines, len(node.args.args)))
        elif isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager"}:
            managers.append(node.lineno)
        elif isinstance(node, ast.ExceptHandler) and (
            node.type is None or getattr(node.type, "id", "") == "BaseException"
        ):
            blind.append(node.lineno)
    return Outline(tuple(functions), tuple(managers), tuple(blind))


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


def short(path: Path) -> str:
    """Return a path for messages."""
    return str(path.relative_to(ROOT))
