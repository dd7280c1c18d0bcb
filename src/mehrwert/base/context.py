"""What the page shell needs on every page: navigation, banner, language, appearance."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse, translate_url
from django.utils.translation import get_language, gettext

from mehrwert import __version__
from mehrwert.base.navigation import NavEntry, NavLink, links, wiring
from mehrwert.base.queries import read_disk

THEMES = ("auto", "light", "dark")
THEME_COOKIE = "mw_theme"


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """The same page in another language."""

    code: str
    label: str
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Notice:
    """The banner below the navigation."""

    heading: str
    text: str
    kind: str


def read_theme(request: HttpRequest) -> str:
    """Return the chosen appearance: ``auto``, ``light`` or ``dark``."""
    chosen = request.COOKIES.get(THEME_COOKIE, "auto")
    return chosen if chosen in THEMES else "auto"


class Shell:
    """The frame around one page, worked out only as far as the template asks."""

    version = __version__

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self.tenant: Any = getattr(request, "tenant", None)
        self.theme = read_theme(request)

    def _links(self, table: str) -> list[NavLink]:
        entries: list[NavEntry] = getattr(wiring(), table, [])
        return links(entries, self._request, self._slug)

    @cached_property
    def _slug(self) -> str:
        """Return whose pages the menus lead to, also from pages of no municipality."""
        known = getattr(self.tenant, "slug", "") or getattr(self._request, "nav_slug", "")
        find = getattr(self._request, "find_nav_slug", None)
        return str(known or (find() if find is not None else ""))

    @cached_property
    def navigation(self) -> list[NavLink]:
        """Return the main entries."""
        return self._links("NAVIGATION")

    @cached_property
    def user_menu(self) -> list[NavLink]:
        """Return the entries under the person."""
        return self._links("USER_MENU")

    @cached_property
    def operate_menu(self) -> list[NavLink]:
        """Return the tabs of the pages for whoever runs the installation; none on other pages."""
        match = self._request.resolver_match
        needed = getattr(match.func, "needs", ()) if match else ()
        user = getattr(self._request, "user", None)
        may = "operate" in needed and getattr(user, "is_operator", False)
        return self._links("OPERATE") if may else []

    @cached_property
    def footer(self) -> list[NavLink]:
        """Return the legal and help pages."""
        return self._links("FOOTER")

    @cached_property
    def share_url(self) -> str:
        """Return where this page of a municipality is shared; empty for pages of nobody."""
        found = self._links("SHARE") if self.tenant is not None else []
        if not found or found[0].is_current or self._request.method not in ("GET", "HEAD"):
            return ""
        return f"{found[0].url}?{urlencode({'seite': self._request.get_full_path()})}"

    @cached_property
    def home_url(self) -> str:
        """Return where the logo leads: to the start of the municipality, or of the installation."""
        return next((link.url for link in self.navigation if link.key == "start"), "/")

    @cached_property
    def tasks(self) -> list[NavLink]:
        """Return what people come for, as the help lists it."""
        return self._links("TASKS")

    @cached_property
    def languages(self) -> list[LanguageLink]:
        """Return this page in every language; the toggle keeps path and query."""
        here, now = self._request.get_full_path(), get_language()
        return [
            LanguageLink(code, label, translate_url(here, code), code == now)
            for code, label in settings.LANGUAGES
        ]

    @cached_property
    def other_language(self) -> LanguageLink | None:
        """Return the language that the toggle offers."""
        others = [language for language in self.languages if not language.is_current]
        return others[0] if others else None

    @property
    def appearance_url(self) -> str:
        """Return where the choice of light and dark is sent."""
        return _url("base:appearance")

    @property
    def logout_url(self) -> str:
        """Return where signing out is confirmed."""
        return _url("account_logout")

    @property
    def login_url(self) -> str:
        """Return where people sign in."""
        return _url("account_login")

    @cached_property
    def person(self) -> dict[str, str] | None:
        """Return name, initials and role of who is signed in."""
        user = getattr(self._request, "user", None)
        if user is None or not user.is_authenticated:
            return None
        name = str(getattr(user, "display_name", "") or user.get_username())
        words = [word for word in name.replace("@", " ").split() if word[:1].isalpha()]
        initials = (words[0][:1] + (words[-1][:1] if len(words) > 1 else "")) if words else "?"
        role = getattr(self._request, "role_label", "")
        return {"name": name, "initials": initials.upper(), "role": str(role)}

    @cached_property
    def warning(self) -> Notice | None:
        """Return the warning to those who can do something: the disk is nearly full."""
        can: Any = getattr(self._request, "can", None)
        user = getattr(self._request, "user", None)
        concerned = getattr(user, "is_operator", False) or (can is not None and can("manage_town"))
        disk = read_disk() if concerned else None
        if disk is None or not disk.is_low:
            return None
        text = gettext(
            "Auf dem Server sind nur noch %(free)s MB frei. Bitte schaffen Sie Platz, oder sagen "
            "Sie es denen, die die Installation betreiben."
        )
        return Notice(gettext("Wenig Platz:"), text % {"free": disk.free_mb}, "bad")

    @cached_property
    def notice(self) -> Notice | None:
        """Return the banner: invented data, real data of somebody else, or a demo installation."""
        text = str(getattr(self.tenant, "notice", "") or "")
        if getattr(self.tenant, "is_demo", False):
            invented = gettext("%(name)s ist eine erfundene Kommune, alle Zahlen sind Beispiele.")
            return Notice(gettext("Demo-Betrieb:"), text or invented % {"name": self.tenant}, "")
        if text:
            return Notice(gettext("Hinweis:"), gettext(text), "info")
        if settings.MEHRWERT.demo:
            here = gettext("Alles läuft auf diesem Rechner, nichts verlässt ihn.")
            return Notice(gettext("Demo-Betrieb:"), here, "")
        return None


def _url(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def shell(request: HttpRequest) -> dict[str, Any]:
    """Give every template ``shell`` and ``tenant``."""
    return {"shell": Shell(request), "tenant": getattr(request, "tenant", None)}
