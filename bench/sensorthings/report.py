"""Results as a table and as a picture, and both on the page ``docs/performance.md``."""

import os
import re
import time
from html import escape

from cases import Result
from servers import ROOT

PAGE = ROOT / "docs" / "performance.md"
HEAD = (
    "| Workload | requests/s | readings/s | p50 ms | p99 ms | CPU s per 1,000 requests"
    " | kB per answer | errors |",
    "|---|---|---|---|---|---|---|---|",
)


def line(result: Result) -> str:
    """Return one row of the table."""
    case = result.case
    readings = f"{result.rate * case.rows:,.0f}" if case.rows else "–"
    cpu = "–" if result.cpu is None else f"{result.cpu:.2f}"
    size = f"{result.kilobytes:,.1f}" if result.kilobytes else "–"
    return (
        f"| {case.title} | {result.rate:,.1f} | {readings} | {result.p50:,.1f} | {result.p99:,.1f}"
        f" | {cpu} | {size} | {result.errors} |"
    )


def write(name: str, results: dict[str, list[Result]], notes: list[str], size: str) -> None:
    """Put tables and picture between their marks on the page."""
    picture = ROOT / "docs" / "images" / f"sensorthings-{name}.svg"
    picture.write_text(bars(results), encoding="utf-8")
    parts = [f"![Requests per second of each workload](images/{picture.name})\n"]
    for server, rows in results.items():
        parts.append(f"\n**{server}**\n\n" + "\n".join([*HEAD, *map(line, rows)]) + "\n")
    parts += [f"\n{note}\n" for note in notes]
    made = (
        f"{time.strftime('%Y-%m-%d')}, size {size}, {os.cpu_count()} cores,"
        f" load of the machine at the end {os.getloadavg()[0]:.1f};"
        f" made by `bench/sensorthings --size {size} --docs`."
    )
    begin, end = f"<!-- workloads {name} -->", f"<!-- /workloads {name} -->"
    text = PAGE.read_text(encoding="utf-8")
    if "## Workloads" not in text:
        text += "\n## Workloads\n"
    if begin not in text:
        head, mark, tail = text.partition("## Workloads\n")
        section, following, rest = tail.partition("\n## ")
        text = f"{head}{mark}{section.rstrip()}\n\n{begin}\n{end}\n{following}{rest}"
    block = f"{begin}\n\n{made}\n\n{''.join(parts)}\n{end}"
    text = re.sub(f"{re.escape(begin)}.*?{re.escape(end)}", lambda _: block, text, flags=re.DOTALL)
    PAGE.write_text(text, encoding="utf-8")


def bars(results: dict[str, list[Result]]) -> str:
    """Return a picture: requests per second on a logarithmic scale, one bar per server."""
    titles = list(dict.fromkeys(r.case.title for rows in results.values() for r in rows))
    rates = {
        (server, r.case.title): max(r.rate, 0.1) for server, rows in results.items() for r in rows
    }
    colours = ("#1d4b66", "#c46a1b", "#6b8e3d")
    step = 10 * len(results) + 8
    height = step * len(titles) + 50
    shapes = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 820 {height}" role="img"'
        ' font-family="sans-serif" font-size="11"><title>Requests per second</title>'
        f'<rect width="820" height="{height}" fill="#fff"/>'
    ]
    for exponent in range(-1, 6):
        x = _x(10.0**exponent)
        shapes.append(f'<line x1="{x}" y1="20" x2="{x}" y2="{height - 20}" stroke="#ddd"/>')
        shapes.append(f'<text x="{x}" y="14" text-anchor="middle">{10.0**exponent:g}</text>')
    for i, title in enumerate(titles):
        y = 26 + i * step
        shapes.append(f'<text x="300" y="{y + 10}" text-anchor="end">{escape(title)}</text>')
        for k, server in enumerate(results):
            rate = rates.get((server, title))
            if rate is not None:
                shapes.append(_bar(y + k * 10, rate, colours[k % len(colours)]))
    for k, server in enumerate(results):
        shapes.append(
            f'<text x="{310 + k * 170}" y="{height - 6}" fill="{colours[k % len(colours)]}">'
            f"{escape(server)}</text>"
        )
    return "".join([*shapes, "</svg>\n"])


def _x(rate: float) -> float:
    import math

    return round(310 + (math.log10(rate) + 1) * 75, 1)


def _bar(y: int, rate: float, colour: str) -> str:
    x = _x(rate)
    return (
        f'<rect x="310" y="{y}" width="{max(1, x - 310):.1f}" height="9" fill="{colour}"/>'
        f'<text x="{x + 4}" y="{y + 8}">{rate:,.0f}</text>'
    )
