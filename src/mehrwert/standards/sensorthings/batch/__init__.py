"""Many requests in one: both forms of ``$batch``."""
