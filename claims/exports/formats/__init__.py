"""The formats of files: each a writer over a table, all with the same columns in the same order."""
