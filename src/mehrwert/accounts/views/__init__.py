"""Doors for people: own account, links that work once, people and mail of the installation."""
