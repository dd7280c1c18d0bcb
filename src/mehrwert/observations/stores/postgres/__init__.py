"""PostgreSQL with PostGIS: as many processes as one likes."""
