"""What an engine cannot calculate is the asker's error, not ours."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from .errors import CalculationError, TooSlowError

_RETRY_AFTER_S = 5


@contextmanager
def calculated() -> Iterator[None]:
    """Turn overflow, impossible geometry and the like into an error of the request.

    Raises:
        CalculationError: The engine refused the values.
        TooSlowError: The engine was interrupted.
    """
    try:
        yield
    except psycopg.errors.QueryCanceled as error:
        raise TooSlowError(retry_after_s=_RETRY_AFTER_S) from error
    except (psycopg.DataError, psycopg.errors.InternalError_) as error:
        raise CalculationError from error
    except sqlite3.DataError as error:
        raise CalculationError from error
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
            raise TooSlowError(retry_after_s=_RETRY_AFTER_S) from error
        if error.sqlite_errorcode == sqlite3.SQLITE_ERROR:
            raise CalculationError from error
        raise
