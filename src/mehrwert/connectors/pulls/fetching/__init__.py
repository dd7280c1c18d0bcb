"""Asks foreign servers: the web, SFTP, FTP. Allowed hosts only; every wait has an end."""

from .folder import Folder
from .ftp import read_ftp
from .sftp import read_sftp
from .web import Login, get, get_json

__all__ = ["Folder", "Login", "get", "get_json", "read_ftp", "read_sftp"]
