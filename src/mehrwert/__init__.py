"""Mehrwert: municipalities prove what their digital projects are worth."""

__version__ = "0.1.0"
