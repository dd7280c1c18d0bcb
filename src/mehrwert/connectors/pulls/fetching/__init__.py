"""Asks foreign servers: the web, SFTP. Allowed hosts only; every wait has an end."""

from .sftp import Folder, read_folder
from .web import Login, get, get_json

__all__ = ["Folder", "Login", "get", "get_json", "read_folder"]
