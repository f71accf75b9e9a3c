"""What a figure means: pure Python, no Django, no input or output.

Wording becomes a :class:`~claims.domain.figures.Figure`, a figure becomes bounds on a reading,
bounds of several claimants become a comparison. Everything else in the project stores, moves or
shows what this package computes.
"""
