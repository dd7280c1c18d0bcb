"""The few icons, drawn by hand on 16 × 16. Never alone: a word stands beside each."""

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

_RING = '<circle cx="8" cy="8" r="7" fill="none" stroke="currentColor" stroke-width="1.6"/>'
_LINE = 'fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round"'
ICONS = {
    "info": f'{_RING}<path d="M8 7v4.2M8 4.6v.2" {_LINE}/>',
    "ok": f'{_RING}<path d="M4.8 8.3l2.2 2.2 4.2-4.8" {_LINE}/>',
    "check": f'<path d="M2.5 8.5l3.6 3.6 7.4-8" {_LINE}/>',
    "warn": '<path d="M8 1.2 15.4 14.6H.6z" fill="none" stroke="currentColor" stroke-width="1.6" '
    f'stroke-linejoin="round"/><path d="M8 6v3.6M8 12v.2" {_LINE}/>',
    "bad": f'{_RING}<path d="M5.4 5.4l5.2 5.2M10.6 5.4l-5.2 5.2" {_LINE}/>',
    "silent": f'{_RING}<path d="M8 4v4.4l2.6 1.8" {_LINE}/>',
    "search": f'<circle cx="6.8" cy="6.8" r="4.8" {_LINE}/><path d="M10.5 10.5l3.9 3.9" {_LINE}/>',
    "down": f'<path d="M3.5 6l4.5 4.5L12.5 6" {_LINE}/>',
    "external": f'<path d="M6 3H3v10h10v-3M9 2.5h4.5V7M13 3 7.5 8.5" {_LINE}/>',
    "lock": f'<rect x="3" y="7" width="10" height="7" rx="1.5" {_LINE}/>'
    f'<path d="M5 7V5a3 3 0 0 1 6 0v2" {_LINE}/>',
    "plus": f'<path d="M8 2.5v11M2.5 8h11" {_LINE}/>',
    "file": f'<path d="M3.5 1.8h5.7l3.3 3.4v9H3.5zM9 2v3.5h3.4" {_LINE}/>',
}
LOGO = (
    '<svg viewBox="0 0 32 32" width="30" height="30" aria-hidden="true" focusable="false">'
    '<path fill="#fff" d="M1 4a3 3 0 0 1 3-3h9.2l-1 12.2L1 14.1z"/>'
    '<path fill="#f5b800" d="M16.3 1H28a3 3 0 0 1 3 3v7.8l-15.6 1.2z"/>'
    '<path fill="#fff" opacity=".78" d="M1 17.2l11-.9-1.2 14.7H4a3 3 0 0 1-3-3z"/>'
    '<path fill="#fff" opacity=".55" d="M15.1 16.1 31 14.9V28a3 3 0 0 1-3 3H13.9z"/></svg>'
)


def icon_svg(name: str, size: int = 16) -> SafeString:
    """Return an icon as decoration; an unknown name is a programming error."""
    return format_html(
        '<svg class="mw-icon" width="{0}" height="{0}" viewBox="0 0 16 16" aria-hidden="true" '
        'focusable="false">{1}</svg>',
        size,
        mark_safe(ICONS[name]),  # noqa: S308 (own constants)
    )


def logo_svg() -> SafeString:
    """Return the land parcel."""
    return mark_safe(LOGO)  # noqa: S308 (own constant)
