"""The JSON and CSV interface, version 1."""
