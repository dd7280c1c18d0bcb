"""SQLite: embedded default, one file, one writing process."""
