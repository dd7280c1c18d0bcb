"""Pages of the room: the list with its map, a thing, a series, forms."""
