"""Datasets in: one reader per format, a dry run first, everything through the services.

An importer takes every cell out of a row and refuses what it does not understand, with row,
column and reason. An empty cell is unknown, never zero.
"""
