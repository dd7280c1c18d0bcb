"""What The Things Stack v3 and ChirpStack v4 send, read without changing anything of it."""

from .recognising import recognise

__all__ = ["recognise"]
