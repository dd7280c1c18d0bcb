"""Reading in the writer's open transaction, so that what it has just written is seen."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext

from mehrwert.observations.stores.base import Params, Reader, Row


class Inside:
    """The open transaction as something to read from; for single entities and links only."""

    def __init__(self, transaction: Reader) -> None:
        self.engine = transaction.engine
        self._transaction = transaction

    def reader(self) -> AbstractContextManager[Reader]:
        """Lend itself."""
        return nullcontext(self)

    def select(self, sql: str, params: Params = ()) -> list[Row]:
        """Return all rows."""
        return self._transaction.select(sql, params)

    def stream(self, sql: str, params: Params = (), chunk: int = 5000) -> Iterator[list[Row]]:
        """Yield rows in chunks."""
        return self._transaction.stream(sql, params, chunk)
