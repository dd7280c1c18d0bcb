"""Pages: devices, unknown devices, sources, codecs, messages."""
