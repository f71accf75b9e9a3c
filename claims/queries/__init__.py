"""Reads across tables: what pages, the API and exports show, in a fixed number of SQL queries."""
