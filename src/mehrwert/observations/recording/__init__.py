"""How readings are written: types, checks before the queue, one group as one transaction."""
