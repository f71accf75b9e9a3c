"""Mappings: what the columns of somebody else's table mean, said in a TOML file.

docs/mappings.md teaches the language; this package reads it and turns the rows of a table into
rows of the interchange format (docs/claims-csv.md).
"""
