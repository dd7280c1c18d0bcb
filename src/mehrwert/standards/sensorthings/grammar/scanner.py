"""Reads a text from left to right; knows nothing of the language but its smallest pieces."""

import re
from functools import lru_cache

from mehrwert.standards.sensorthings.errors import BadSyntaxError

MAX_DEPTH = 30
MAX_NODES = 400
_SPACES = re.compile(r"[ \t]*")


@lru_cache(maxsize=64)
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text)


class Scanner:
    """A place in a text; refuses what is nested too deeply or far too long.

    Args:
        option: Name of the option, for errors.
    """

    __slots__ = ("_depth", "_nodes", "at", "option", "text")

    def __init__(self, text: str, option: str) -> None:
        self.text = text
        self.option = option
        self.at = 0
        self._depth = 0
        self._nodes = 0

    def spaces(self) -> None:
        """Skip blanks."""
        match = _SPACES.match(self.text, self.at)
        self.at = match.end() if match else self.at

    def take(self, pattern: str) -> str | None:
        """Return what matches here and move behind it."""
        match = _pattern(pattern).match(self.text, self.at)
        if match is None:
            return None
        self.at = match.end()
        return match[0]

    def sees(self, pattern: str) -> bool:
        """Say whether something matches here."""
        return _pattern(pattern).match(self.text, self.at) is not None

    def taken(self, sign: str) -> bool:
        """Move behind a sign if it stands here."""
        if not self.text.startswith(sign, self.at):
            return False
        self.at += len(sign)
        return True

    def must(self, sign: str) -> None:
        """Move behind a sign.

        Raises:
            BadSyntaxError: It does not stand here.
        """
        if not self.taken(sign):
            raise self.error()

    def word(self, *words: str) -> str | None:
        """Return one of the words if it stands here between blanks, and move behind it."""
        self.spaces()
        found = self.take(rf"(?:{'|'.join(words)})(?=[ \t(])")
        if found is not None:
            self.spaces()
        return found

    def is_done(self) -> bool:
        """Say whether the text ends here."""
        return self.at >= len(self.text)

    def end(self) -> None:
        """Require the end of the text.

        Raises:
            BadSyntaxError: More follows.
        """
        self.spaces()
        if not self.is_done():
            raise self.error()

    def enter(self) -> None:
        """Go one level deeper.

        Raises:
            BadSyntaxError: Too deep.
        """
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise self.error()

    def leave(self) -> None:
        """Come one level up."""
        self._depth -= 1

    def count(self) -> None:
        """Count one node.

        Raises:
            BadSyntaxError: Too many.
        """
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise self.error()

    def error(self) -> BadSyntaxError:
        """Return an error that names the place."""
        near = self.text[self.at : self.at + 30] or self.text[-10:]
        return BadSyntaxError(option=self.option, near=near)
