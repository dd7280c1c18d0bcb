"""Other shapes of an answer than entities as JSON: DataArray, CSV, GeoJSON."""
