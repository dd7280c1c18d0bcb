"""What can go wrong when a document is made. Plain exceptions: the ground knows no error family."""


class DocumentError(ValueError):
    """A document cannot be written; the text says why."""


class MissingFontError(DocumentError):
    """The fonts of the PDF are not installed (``tools/vendor`` makes them)."""


class NotCanonicalError(DocumentError):
    """A value has no canonical JSON form (NaN, infinity, a key that is no string)."""


class TemplateError(DocumentError):
    """An uploaded template cannot be used; ``code`` is stable, ``data`` fills its sentence."""

    def __init__(self, code: str, **data: str) -> None:
        self.code, self.data = code, data
        super().__init__(f"{code} {data}".strip())
