"""What can go wrong when a document is made. Plain exceptions: the ground knows no error family."""


class DocumentError(ValueError):
    """A document cannot be written; the text says why."""


class MissingFontError(DocumentError):
    """The fonts of the PDF are not installed (``tools/vendor`` makes them)."""


class NotCanonicalError(DocumentError):
    """A value has no canonical JSON form (NaN, infinity, a key that is no string)."""
