"""The domain's rules as plain functions on values."""
