"""Who listens to what, which rooms contribute to which page. Tables only, no behaviour."""
