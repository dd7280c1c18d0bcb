"""The query language of the standard: text → the typed tree of ``observations/selects``."""
