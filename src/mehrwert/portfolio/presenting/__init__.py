"""Values of the room in words, for pages and files."""
