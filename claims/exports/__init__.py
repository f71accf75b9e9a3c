"""Data out: whole lists as files, streamed from what the queries return."""
