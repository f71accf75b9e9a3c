"""From a text to the casualty figures in it, each with its words; pure, deterministic, explained.

``read_text`` is the door. What it returns is described in :mod:`claims.extraction.reading`.
"""
