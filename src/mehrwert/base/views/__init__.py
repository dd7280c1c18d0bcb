"""Doors for people: jobs, audit, the pages of whoever runs the installation."""
