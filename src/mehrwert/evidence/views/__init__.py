"""Doors for people: public pages, and the page of the curator."""
