"""What an engine cannot calculate is the asker's error, not ours."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from mehrwert.observations.stores.base import Reader, Store

from .errors import CalculationError, TooSlowError

# no answer is worth more than this of a thread that others wait for
MOST_S = 30.0
_STEPS = 200_000
_RETRY_AFTER_S = 5


@contextmanager
def calculated(reader: Reader | Store) -> Iterator[None]:
    """Turn overflow, impossible geometry and endless queries into errors of the request.

    Raises:
        CalculationError: The engine refused the values.
        TooSlowError: The engine was interrupted.
    """
    connection = getattr(reader, "connection", None)
    if connection is not None:
        end = time.monotonic() + MOST_S
        connection.set_progress_handler(lambda: time.monotonic() > end, _STEPS)
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
    finally:
        if connection is not None:
            connection.set_progress_handler(None, 0)
