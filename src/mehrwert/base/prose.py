"""Light markup of legal pages as safe HTML: headings, paragraphs, lists, bold, links.

Everything else is shown as it was typed. Nothing a person types becomes a tag of its own.
"""

import re

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

HEADING = re.compile(r"(#{1,3})\s+(.+)")
BULLET = re.compile(r"[-*•]\s+(.+)")
NUMBER = re.compile(r"\d{1,3}[.)]\s+(.+)")
INLINE = re.compile(
    r"\*\*(?P<bold>[^*\n]+)\*\*"
    r"|\[(?P<label>[^\]\n]+)\]\((?P<target>(?:https?://|mailto:|tel:|/(?!/))[^\s()<>\"]+)\)"
    r"|(?P<url>https?://[^\s<>\"]*[^\s<>\".,;:!?)])"
    r"|(?P<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
)


def render_prose(text: str) -> SafeString:
    """Return safe HTML; headings begin at level 2, because the page has its title already."""
    blocks = re.split(r"\n\s*\n", text.replace("\r\n", "\n").replace("\r", "\n").strip())
    html = "\n".join(_block(block) for block in blocks if block.strip())
    return mark_safe(html)  # noqa: S308 (every part is escaped in _inline)


def _block(block: str) -> str:
    """Return one block; lines of different kinds in it become parts of their own."""
    parts: list[tuple[str, list[str]]] = []
    for line in block.split("\n"):
        kind, content = _kind(line.strip())
        if kind != "h" and parts and parts[-1][0] == kind:
            parts[-1][1].append(content)
        else:
            parts.append((kind, [content]))
    return "\n".join(_part(kind, lines) for kind, lines in parts)


def _kind(line: str) -> tuple[str, str]:
    if match := HEADING.fullmatch(line):
        return "h", f"{max(2, len(match[1]))}{match[2]}"
    if match := BULLET.fullmatch(line):
        return "ul", match[1]
    if match := NUMBER.fullmatch(line):
        return "ol", match[1]
    return "p", line


def _part(kind: str, lines: list[str]) -> str:
    if kind == "h":
        level, content = lines[0][0], lines[0][1:]
        return f"<h{level}>{_inline(content)}</h{level}>"
    if kind == "p":
        return f"<p>{'<br>'.join(_inline(line) for line in lines)}</p>"
    return f"<{kind}>{''.join(f'<li>{_inline(line)}</li>' for line in lines)}</{kind}>"


def _inline(line: str) -> str:
    found, at = [], 0
    for match in INLINE.finditer(line):
        found += [escape(line[at : match.start()]), _mark_up(match)]
        at = match.end()
    return "".join([*found, escape(line[at:])])


def _mark_up(match: re.Match[str]) -> str:
    if match["bold"]:
        return f"<strong>{escape(match['bold'])}</strong>"
    if match["label"]:
        return f'<a href="{escape(match["target"])}">{escape(match["label"])}</a>'
    if match["url"]:
        return f'<a href="{escape(match["url"])}">{escape(match["url"])}</a>'
    return f'<a href="mailto:{escape(match["mail"])}">{escape(match["mail"])}</a>'
