"""How the whole test suite is run: on SQLite, on PostgreSQL and in a browser."""
