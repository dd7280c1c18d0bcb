"""From the tree to SQL with ``?`` for both engines; ``guard`` puts the tenant on every table."""
