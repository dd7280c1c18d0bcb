"""The room's rules as plain functions on values: what a table means, what a row is worth."""
