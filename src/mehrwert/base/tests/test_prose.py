"""Legal texts: light markup becomes safe HTML, nothing typed becomes a tag of its own."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html

from mehrwert.base.prose import render_prose

ALLOWED = {"h2", "h3", "p", "br", "ul", "ol", "li", "strong", "a"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ein Absatz\nzweite Zeile", "<p>Ein Absatz<br>zweite Zeile</p>"),
        ("a\n\nb", "<p>a</p>\n<p>b</p>"),
        ("# Titel", "<h2>Titel</h2>"),
        ("## Titel\nText", "<h2>Titel</h2>\n<p>Text</p>"),
        ("### Klein", "<h3>Klein</h3>"),
        ("- a\n* b", "<ul><li>a</li><li>b</li></ul>"),
        ("1. a\n2) b", "<ol><li>a</li><li>b</li></ol>"),
        ("**fett** & <b>", "<p><strong>fett</strong> &amp; &lt;b&gt;</p>"),
        (
            "[Amt](https://a.example/x?y=1&z)",
            '<p><a href="https://a.example/x?y=1&amp;z">Amt</a></p>',
        ),
        ("[Amt](/hilfe/)", '<p><a href="/hilfe/">Amt</a></p>'),
        ("[Amt](tel:+49555)", '<p><a href="tel:+49555">Amt</a></p>'),
        (
            "Siehe https://a.example.",
            '<p>Siehe <a href="https://a.example">https://a.example</a>.</p>',
        ),
        ("x@a.example", '<p><a href="mailto:x@a.example">x@a.example</a></p>'),
        ("a\r\n\r\nb", "<p>a</p>\n<p>b</p>"),
        ("", ""),
    ],
)
def test_markup(text, expected):
    assert render_prose(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "[x](data:text/html,x)",
        "[x](//boese.example)",
        '[x](https://a.example/"onmouseover="alert(1))',
        '**<img src=x onerror="alert(1)">**',
        "## <svg onload=alert(1)>",
        "- [<b>](https://a.example)",
    ],
)
def test_nothing_typed_becomes_a_tag_or_a_handler(text):
    made = render_prose(text)
    fragment = html.fragment_fromstring(made, create_parent="div")
    for element in fragment.iterdescendants():
        assert element.tag in ALLOWED
        assert set(element.attrib) <= {"href"}
        assert re.match(r"(https?://|mailto:|tel:|/[^/])", element.get("href", "/x"))


PIECES = st.sampled_from(
    [
        "<",
        ">",
        '"',
        "'",
        "&",
        "**",
        "[",
        "](",
        ")",
        "javascript:",
        "https://a.b",
        "\n",
        "\n\n",
        "- ",
        "# ",
        "x@y.z",
        " ",
    ]
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(PIECES | st.text(max_size=5), max_size=20).map("".join))
def test_whatever_is_typed_only_allowed_tags_come_out(text):
    tags = re.findall(r"<\s*/?\s*([a-z0-9]+)", render_prose(text), re.IGNORECASE)
    assert set(tags) <= ALLOWED
