"""Snapshots: the whole public dataset as a folder that can be kept, cited and checked.

A snapshot is a Data Package (version 2, https://datapackage.org/standard/): each table as CSV,
JSON Lines and, where it can be made, Parquet; a codebook; what changed since the snapshot before;
and ``datapackage.json``, written last, with the size, SHA-256 and rows of every file.
"""
